"""Which Python is taken, on machines that have only what each test puts there."""

import os
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "config" / "find-python"


@pytest.fixture
def machine(tmp_path):
    """Puts programs that pretend to be a Python on a machine, and asks which one the script runs."""

    class Machine:
        programs = tmp_path / "bin"
        home = tmp_path / "home"

        def has(self, name: str, version: tuple[int, int], *, venv: bool = True, folder: Path | None = None) -> None:
            program = (folder or self.programs) / name
            program.parent.mkdir(parents=True, exist_ok=True)
            program.write_text(
                "#!/bin/sh\n"
                'case "$2" in\n'
                f"*version_info*) exit {int(version < (3, 12))};;\n"
                f"*ensurepip*) exit {int(not venv)};;\n"
                "esac\n"
                f'echo "{name} of {program.parent.name} ran $*"\n'
            )
            program.chmod(0o755)

        def run(self) -> subprocess.CompletedProcess[str]:
            environment = {"PATH": str(self.programs), "HOME": str(self.home)}
            return subprocess.run(["/bin/sh", str(SCRIPT), "-m", "it"], env=environment, capture_output=True, text=True)

    machine = Machine()
    machine.programs.mkdir()
    return machine


real = any(os.path.exists(f"{folder}/python3.1{minor}") for folder in ("/usr/bin", "/usr/local/bin") for minor in "234")


def test_python_3_13_is_preferred_to_any_other(machine):
    for name, version in [("python3", (3, 14)), ("python3.12", (3, 12)), ("python3.13", (3, 13))]:
        machine.has(name, version)
    assert machine.run().stdout == "python3.13 of bin ran -m it\n"


def test_python_of_a_version_manager_is_found(machine):
    machine.has("python3.13", (3, 13), folder=machine.home / ".pyenv" / "versions" / "3.13.0" / "bin")
    assert machine.run().stdout == "python3.13 of bin ran -m it\n"


def test_shim_for_a_version_that_is_not_there_is_passed_over(machine):
    machine.has("python3.13", (2, 7))
    machine.has("python3.12", (3, 12), folder=machine.home / ".pyenv" / "versions" / "3.12.1" / "bin")
    assert machine.run().stdout == "python3.12 of bin ran -m it\n"


if not real:  # Else the script rightly finds the one of this machine.

    def test_old_python_alone_is_refused_in_one_sentence(machine):
        machine.has("python3", (3, 11))
        refused = machine.run()
        assert (refused.returncode, refused.stderr) == (
            1,
            "Retainer needs Python 3.12 or newer, and this machine has none: install Python 3.13 and run this again.\n",
        )

    def test_python_without_venv_is_named_with_its_remedy(machine):
        machine.has("python3", (3, 13), venv=False)
        refused = machine.run()
        assert (refused.returncode, refused.stderr) == (
            1,
            "Retainer needs Python's venv module, which python3 lacks: install it, for example with \"apt-get install "
            'python3-venv".\n',
        )
