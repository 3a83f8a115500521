"""The checks that all other browser tests lean on do notice what they are there for."""

from tests.browser.looks import shortcomings


def test_inline_style_is_reported(desk, watch):
    page = desk()
    page.goto("/account/login/")
    with page.expect_console_message(lambda message: "breach of style-src" in message.text):
        page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">Red</p>')")
    assert watch.complaints
    watch.complaints.clear()


def test_failing_script_is_reported(desk, watch):
    page = desk()
    page.goto("/account/login/")
    with page.expect_event("pageerror"):
        page.evaluate("setTimeout(() => { throw new Error('broken') })")
    watch.forgive("Script: broken")


def test_missing_file_is_reported(desk, watch):
    page = desk()
    page.goto("/static/js/nothing.js")
    watch.forgive("404 GET /static/js/nothing.js")


def test_low_contrast_and_wide_content_are_found(desk, watch):
    page = desk()
    page.set_content(
        '<html lang="en"><title>Wide</title><main><h1>Wide</h1>'
        '<p style="color: #ccc; width: 500px">Hardly readable</p></main></html>'
    )
    found = shortcomings(page)
    assert [words.split(":")[0] for words in found] == [
        *("light, 1440 px", "dark, 1440 px", "light, 390 px"),
        *("390 px", "320 px"),
    ]
