"""Jobs: queued with what they belong to, done in steps, run again after a kill, watched on a page."""

import pytest
from asgiref.sync import async_to_sync
from django.db import connection, transaction
from procrastinate.contrib.django import app

from core import jobs, tasks
from core.job_kinds import JobKind, job_kinds
from core.models import Job
from core.models.job import JobState
from core.problems import Problem, Refused
from tests.customers.reading import text
from tests.factories import ActorFactory, UserFactory

pytestmark = pytest.mark.django_db

POLL = {"HX-Request": "true", "HX-Target": "job"}
ENDS = {
    "done": lambda job: f"Counted to {job.parameters['goal']}.",
    "refused": lambda job: refuse("Count to a number that there is."),
    "broken": lambda job: 1 / 0,
}


def refuse(message):
    raise Refused([Problem("C24", (), message)])


def count(job):
    """The work of the jobs in these tests: one step, then the end that they ask for."""
    with transaction.atomic():
        job.advance(1)
    return ENDS[job.parameters["end"]](job)


job_kinds.register(
    JobKind("tests.count", f"{__name__}.count", "customers.view_customer", "customers:list", "Customers")
)


def start(end="done", total=4):
    return jobs.start("tests.count", title="Count to 4", actor=ActorFactory(), total=total, goal="4", end=end)


def queued():
    with connection.cursor() as cursor:
        cursor.execute("SELECT args->>'job_id', status::text FROM procrastinate_jobs WHERE task_name = %s", [jobs.TASK])
        return cursor.fetchall()


def run(**options):
    job = start(**options)
    jobs.perform(job.pk)
    job.refresh_from_db()
    return job


def test_job_is_queued_with_what_else_its_transaction_stores():
    job = start()
    assert (job.state, queued()) == (JobState.WAITING, [(str(job.pk), "todo")])


def test_job_of_a_transaction_that_is_rolled_back_is_not_queued():
    with transaction.atomic():
        start()
        transaction.set_rollback(True)
    assert (Job.objects.count(), queued()) == (0, [])


def test_job_that_is_done_says_what_came_of_it():
    job = run()
    assert (job.state, job.done, job.total, job.message, job.error) == ("done", 1, 4, "Counted to 4.", "")
    assert job.created_at <= job.started_at <= job.finished_at


def test_job_that_is_over_is_not_done_again():
    job = run()
    jobs.perform(job.pk)
    assert Job.objects.get().done == 1


def test_job_that_the_rules_refuse_says_why():
    job = run(end="refused")
    assert (job.state, job.message, job.error) == ("failed", "", "Count to a number that there is.")
    assert job.finished_at is not None


def test_job_that_breaks_is_logged_and_says_what_is_safe(caplog):
    job = run(end="broken")
    assert (job.state, job.error) == (
        "failed",
        "Something broke on our side. What was done so far stays as it is; start it again to finish it.",
    )
    assert [record.getMessage() for record in caplog.records] == [f"Job {job.pk} (tests.count) has failed"]


def test_steps_of_a_transaction_that_is_rolled_back_are_not_counted():
    job = start()
    with transaction.atomic():
        job.advance(2)
        transaction.set_rollback(True)
    assert Job.objects.get().done == 0


def test_more_steps_than_were_expected_raise_the_total():
    job = start(total=4)
    job.advance(6)
    assert Job.objects.values_list("done", "total").get() == (6, 6)


@pytest.mark.parametrize(
    ("state", "done", "total", "percent"),
    [("running", 0, 0, 0), ("running", 1, 3, 33), ("running", 3, 3, 99), ("done", 3, 3, 100), ("done", 0, 0, 100)],
)
def test_percent_is_a_hundred_only_at_the_end(state, done, total, percent):
    assert Job(state=state, done=done, total=total).percent == percent


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_task_does_the_job_with_a_connection_of_its_own():
    # Not queued: the queue is not cleared between tests that store for good.
    job = Job.objects.create(kind="tests.count", actor=ActorFactory(), parameters={"goal": "4", "end": "done"})
    tasks.run_job(str(job.pk))
    assert Job.objects.get().state == JobState.DONE


def test_job_of_a_killed_worker_is_queued_again():
    start()
    with connection.cursor() as cursor:
        # As a killed worker leaves it, whose own row was cleared away already.
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE task_name = %s", [jobs.TASK])

    class Context:
        pass

    Context.app = app
    async_to_sync(tasks.retry_stalled_jobs.func)(Context, 0)
    assert [status for _, status in queued()] == ["todo"]


@pytest.fixture
def viewer(client):
    client.force_login(UserFactory(viewer=True))
    return client


def test_page_shows_how_far_the_job_is_and_a_link_to_look_again(viewer):
    job = start()
    Job.objects.update(state="running", done=2)
    response = viewer.get(f"/jobs/{job.pk}/")
    body = response.content.decode()
    assert (response.status_code, "50 % done 2 of 4" in text(body)) == (200, True)
    assert f'hx-get="/jobs/{job.pk}/?said=50" hx-trigger="every 1s"' in body
    assert f'<noscript><p class="row mt-2"><a class="btn" href="/jobs/{job.pk}/">Refresh</a></p></noscript>' in body


@pytest.mark.parametrize(
    ("done", "said", "news"), [(0, "0", []), (1, "0", ["25 % done"]), (1, "25", []), (3, "50", ["75 % done"])]
)
def test_each_quarter_is_said_once(viewer, done, said, news):
    job = start()
    Job.objects.update(state="running", done=done)
    response = viewer.get(f"/jobs/{job.pk}/?said={said}", headers=POLL)
    body = response.content.decode()
    assert (response.status_code, body.startswith('<section class="panel" id="job"')) == (200, True)
    assert [text(part) for part in body.split('<div id="job-said" hx-swap-oob="innerHTML">')[1:]] == news


def test_page_stops_asking_when_the_job_is_over(viewer):
    job = run()
    response = viewer.get(f"/jobs/{job.pk}/?said=75", headers=POLL)
    body = response.content.decode()
    assert (response.status_code, "hx-trigger" in body) == (286, False)
    assert "100 % done. Counted to 4." in text(body)
    assert '<a class="btn is-primary" href="/customers/">Go to customers</a>' in body
    assert viewer.get(f"/jobs/{job.pk}/").status_code == 200


def test_page_of_a_job_that_failed_says_why(viewer):
    job = run(end="refused")
    assert "Stopped 1 of 4 Count to a number that there is." in text(viewer.get(f"/jobs/{job.pk}/").content.decode())


def test_page_is_closed_to_those_who_may_not_see_what_the_job_works_on(client):
    job = start()
    client.force_login(UserFactory())
    assert client.get(f"/jobs/{job.pk}/").status_code == 403


def test_job_that_never_was_is_not_found(viewer):
    assert viewer.get("/jobs/0197a1b2-0000-7000-8000-000000000000/").status_code == 404
