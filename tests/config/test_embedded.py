"""The embedded server: made, joined, stopped, and mended after every way in which it can be left behind."""

import os
import pwd
import signal
import subprocess
import sys

import psycopg
import pytest

from config import embedded
from config.failure import Failure


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A cluster that was made and stopped once; tests that harm one use `cluster`."""
    cluster = embedded.Cluster(tmp_path_factory.mktemp("made") / "postgres", embedded.LASTING.settings)
    cluster.start()
    cluster.stop()
    return cluster


@pytest.fixture
def cluster(made, tmp_path):
    """A copy of it, stopped again at the end."""
    cluster = embedded.Cluster(tmp_path / "postgres", made.settings)
    subprocess.run(["cp", "-a", str(made.folder), str(cluster.folder)], check=True)
    yield cluster
    cluster.stop()


def one(url, query):
    with psycopg.connect(url) as connection:
        return connection.execute(query).fetchone()


def test_started_server_is_postgresql_18_with_the_builtin_locale(cluster):
    url = cluster.start()
    assert one(url, "SHOW server_version_num")[0].startswith("18")
    assert one(url, "SELECT datlocprovider, datlocale FROM pg_database WHERE datname = current_database()") == (
        "b",
        "C.UTF-8",
    )


def test_started_server_listens_on_no_network_address(cluster):
    assert one(cluster.start(), "SHOW listen_addresses") == ("",)


def test_second_start_joins_the_running_server(cluster):
    first = one(cluster.start(), "SELECT pg_postmaster_start_time()")
    assert one(cluster.start(), "SELECT pg_postmaster_start_time()") == first


def test_each_name_is_a_database_of_its_own(cluster):
    assert one(cluster.start("second"), "SELECT current_database()") == ("second",)
    assert one(cluster.start(), "SELECT current_database()") == ("retainer",)


def test_data_survives_a_stop(cluster):
    with psycopg.connect(cluster.start()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    cluster.stop()
    assert not cluster.is_running()
    assert one(cluster.start(), "SELECT number FROM kept") == (7,)


def test_stop_of_a_stopped_server_does_nothing(cluster):
    cluster.stop()
    assert not cluster.is_running()


def test_killed_server_starts_again_with_its_data(cluster):
    with psycopg.connect(cluster.start()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    os.kill(int((cluster.folder / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    assert one(cluster.start(), "SELECT number FROM kept") == (7,)


def test_pid_file_that_names_another_living_process_is_ignored(cluster):
    other = subprocess.Popen([sys.executable, "-c", "input()", str(cluster.folder)], stdin=subprocess.PIPE)
    try:
        lines = [str(other.pid), str(cluster.folder), "1700000000", "5432", str(cluster.folder), "", " 1 2", "ready"]
        (cluster.folder / "postmaster.pid").write_text("\n".join(lines) + "\n")
        assert not cluster.is_running()
        assert one(cluster.start(), "SELECT 1") == (1,)
    finally:
        other.communicate(b"\n")


def test_folder_open_to_everybody_is_closed_again(cluster):
    cluster.folder.chmod(0o755)
    assert one(cluster.start(), "SELECT 1") == (1,)


def test_path_too_long_for_a_socket_is_served_from_the_temporary_folder(made, tmp_path):
    deep = tmp_path / ("a folder with a name & more " + "x" * 90)
    deep.mkdir()
    cluster = embedded.Cluster(deep / "postgres", made.settings)
    subprocess.run(["cp", "-a", str(made.folder), str(cluster.folder)], check=True)
    try:
        assert one(cluster.start("second"), "SELECT current_database()") == ("second",)
    finally:
        cluster.stop()


def test_path_with_spaces_and_signs_is_quoted_in_the_address(made, tmp_path):
    cluster = embedded.Cluster(tmp_path / "a b&c=d%e+ü" / "postgres", made.settings)
    cluster.folder.parent.mkdir()
    subprocess.run(["cp", "-a", str(made.folder), str(cluster.folder)], check=True)
    try:
        assert one(cluster.start(), "SELECT 1") == (1,)
    finally:
        cluster.stop()


def test_data_of_another_version_is_refused(cluster):
    (cluster.folder / "PG_VERSION").write_text("17\n")
    with pytest.raises(Failure, match=r"holds PostgreSQL 17 data, and this is PostgreSQL 18: move that folder away"):
        cluster.start()


def test_folder_without_data_is_refused(tmp_path):
    cluster = embedded.Cluster(tmp_path / "postgres", {})
    cluster.folder.mkdir()
    with pytest.raises(Failure, match=r"holds no PostgreSQL data, and this is PostgreSQL 18: move that folder away"):
        cluster.start()


def test_database_with_another_locale_is_refused(cluster):
    with psycopg.connect(cluster.start(), autocommit=True) as connection:
        connection.execute("CREATE DATABASE other TEMPLATE template0 LOCALE_PROVIDER libc LOCALE 'C'")
    with pytest.raises(
        Failure, match=r'^The database "other" in .* was made with another locale than builtin C\.UTF-8'
    ):
        cluster.start("other")


def test_server_that_gives_up_says_why_in_one_sentence(made, cluster):
    broken = embedded.Cluster(cluster.folder, {"shared_buffers": "nonsense"})
    with pytest.raises(Failure, match=r'does not start; PostgreSQL says: .*"shared_buffers".*nonsense') as raised:
        broken.start()
    assert len(str(raised.value).splitlines()) == 1


def test_full_disk_is_named_as_such(tmp_path):
    output = "initdb: error: could not write to file: No space left on device\n"
    assert embedded.explain(output, tmp_path / "postgres") == (
        f"The disk is full, so the database cannot start: free some space for {tmp_path}."
    )


if os.geteuid() == 0:  # Nobody else can give a folder away.

    def test_data_of_root_is_given_to_the_user_of_the_server(cluster):
        for path in (cluster.folder, *cluster.folder.rglob("*")):
            os.chown(path, 0, 0)
        assert one(cluster.start(), "SELECT 1") == (1,)
        assert pwd.getpwuid(cluster.folder.stat().st_uid).pw_name == "embedded_postgres"
