"""From the problems of the rules to the inputs they are about."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.problems import Holder, Path, Problem
from customers import normalise
from customers.forms.customer import ORDER, CustomerForm
from customers.forms.rows import MOST_ROWS, ROW_KINDS, RowSet
from customers.models import CustomAttribute

_MOST_SHOWN = 50
"""How many problems one answer names; nobody corrects a thousand tags one by one."""

_ROWS_OF_LIST = {kind.key: kind.key for kind in ROW_KINDS.values()} | {
    kind.shared_key: kind.key for kind in ROW_KINDS.values() if kind.shared_key
}
_MAIN_KEYS = {kind.main_key: kind.key for kind in ROW_KINDS.values() if kind.main_key}


def show_refusals(form: CustomerForm, problems: Iterable[Problem]) -> None:
    """Put each problem at its input, and all of them into the summary, in the order of the page."""
    for problem in sorted(problems, key=_rank)[:_MOST_SHOWN]:
        label, anchor = _place(form, problem)
        line = {"anchor": anchor, "message": f"{label}: {problem.message}" if label else problem.message}
        if line not in form.summary:
            form.summary.append(line)


def _rank(problem: Problem) -> tuple[int, int]:
    head, *rest = problem.path or ("",)
    field = _ROWS_OF_LIST.get(str(head)) or _MAIN_KEYS.get(str(head)) or str(head).replace("flags", "flag")
    place = ORDER.index(field) if field in ORDER else len(ORDER)
    return place, rest[0] if rest and isinstance(rest[0], int) else 0


def refuse_long_lists(form: CustomerForm, opened: CustomerForm | None = None) -> bool:
    """Whether a list has more rows than a form can hold; what was stored before may stay."""
    long = False
    for key, rows in form.rows.items():
        most = max(MOST_ROWS, len(opened.rows[key].rows) if opened else 0)
        if len(rows.rows) > most:
            message = f"Keep at most {most} here, and use an import for more: there are {len(rows.rows):,}."
            rows.errors.append(message)
            form.summary.append({"anchor": rows.anchor, "message": f"{rows.label}: {message}"})
            long = True
    return long


def refuse_archived(form: CustomerForm, opened: CustomerForm | None = None) -> bool:
    """Whether something was typed for an attribute that was archived since the form was opened.

    Its input is gone, so the summary shows what was typed; the next Save goes without it.
    """
    before = opened.typed if opened else {}
    changed = {
        key: text
        for key, text in form.custom.typed_besides().items()
        # Browsers write line breaks in their own way.
        if text.split() != before.get(form.custom.add_prefix(key), "").split()
    }
    labels = CustomAttribute.objects.filter(archived=True).values_list("key", "label") if changed else ()
    lines = [f"{label}: {_said_of_archived(changed[key])}" for key, label in labels if key in changed]
    form.summary += [{"anchor": "", "message": line} for line in lines]
    return bool(lines)


def _said_of_archived(text: str) -> str:
    if not text.strip():
        return "This attribute was archived while you were editing, so its value stays. Save again to change the rest."
    return (
        "This attribute was archived while you were editing and takes no value any more. "
        f"You typed “{text}”: copy it if you need it, then save again."
    )


def _place(form: CustomerForm, problem: Problem) -> tuple[str, str]:
    """Put a problem where it belongs; gives the label and the id of that place, both empty when there is none."""
    head, rest = (str(problem.path[0]), problem.path[1:]) if problem.path else ("", ())
    if head in _ROWS_OF_LIST or head in _MAIN_KEYS:
        return _place_in_rows(form.rows[_ROWS_OF_LIST.get(head) or _MAIN_KEYS[head]], head, rest, problem)
    within, name = _form_of(form, head, rest)
    if within is None or name not in within.fields:
        return "", ""
    _add(within, name, problem, about=_word_at(within, name, rest))
    # A row of radio buttons has no id of its own: its first button is where to go.
    return str(within[name].label), within[name].id_for_label or f"{within[name].auto_id}_0"


def _form_of(form: CustomerForm, head: str, rest: Path) -> tuple[forms.Form | None, str]:
    if head == "custom":
        return form.custom, str(rest[0]) if rest else next(iter(form.custom.fields), "")
    if head == "flags":
        return form.flags, str(rest[0]) if rest else ""
    if head == "sentiment":
        return form.sentiment, str(rest[0]) if rest else "polarity"
    return form.single, {"tier_name": "tier_id"}.get(head, head)


def _place_in_rows(rows: RowSet, key: str, rest: Path, problem: Problem) -> tuple[str, str]:
    row = rows.at(key, rest[0]) if rest and isinstance(rest[0], int) else None
    if row is None and key in _MAIN_KEYS:
        row = next((row for row in rows.rows if row.is_primary), None)
    if row is None:
        rows.errors.append(_linked(problem))
        return rows.label, rows.anchor
    name = row.name_of(rest[1] if len(rest) > 1 else None)
    _add(row, name, problem)
    return row.label_of(name), row[name].id_for_label


def _word_at(form: forms.Form, name: str, rest: Path) -> str:
    """The entry of a list in one input, such as a tag, that a problem is about."""
    at = rest[0] if rest else None
    words = normalise.customer({name: form.cleaned_data.get(name)})[name]  # as the rules have counted them
    return str(words[at]) if isinstance(words, list) and isinstance(at, int) and at < len(words) else ""


def _add(form: forms.Form, name: str, problem: Problem, *, about: str = "") -> None:
    message = _linked(problem)
    text = format_html("{}: {}", about, message) if about else message
    # Not add_error, which would take the value that was read away.
    errors = form.errors.setdefault(name, form.error_class())
    if text not in errors:
        errors.append(text)


def _linked(problem: Problem) -> SafeString | str:
    """The message, with the name of who has the value as a link to them."""
    holder = problem.holder
    if holder is None:
        return problem.message
    before, _, after = problem.message.partition(holder.label)
    return format_html("{}{}{}", before, _link_to(holder), after)


def _link_to(holder: Holder) -> SafeString:
    # In a new tab: this one holds what was typed.
    return format_html(
        '<a class="link" href="{}" target="_blank" rel="noopener">{}<span class="vh"> (opens in a new tab)</span></a>',
        reverse("customers:detail", args=[holder.id]),
        holder.label,
    )
