"""The small parts every page is made of: icons, dots, badges, people, numbers, money and time.

They are drawn by Python and remembered, because a list has hundreds of them and an include costs ten times as much.
The memory is `typed`, so that text marked as safe never answers for the same text that is not.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.template.base import FilterExpression, Node, Parser, TextNode, Token
from django.template.context import Context
from django.template.exceptions import TemplateSyntaxError
from django.template.loader import get_template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from lucide.templatetags.lucide import lucide

from core import formatting
from core.toasts import Undo, offered
from core.tones import is_colour, nearest_tone, tone_of

register = template.Library()


@lru_cache(maxsize=256)
def icon_svg(name: str, classes: str = "") -> SafeString:
    """An icon of Lucide as inline SVG; decoration, so hidden from assistive technology."""
    svg = lucide(name, size=16, **{"class": f"i {classes}".rstrip(), "aria-hidden": "true"})
    compact = " ".join(svg.split()).replace("> <", "><").replace(" />", "/>").replace(' stroke-width="2"', "")
    return SafeString(compact)


class IconNode(Node):
    """An icon whose name is only known while the page is drawn."""

    def __init__(self, name: FilterExpression, classes: str) -> None:
        self.name = name
        self.classes = classes

    def render(self, context: Context) -> SafeString:
        return icon_svg(str(self.name.resolve(context)), self.classes)


@register.tag
def icon(parser: Parser, token: Token) -> Node:
    """`{% icon "search" %}`, `{% icon "flag" "i-sm" %}`: a quoted name is drawn once, when the template is read."""
    bits = token.split_contents()
    if len(bits) not in (2, 3):
        raise TemplateSyntaxError("An icon takes its name and, if needed, classes: {% icon 'flag' 'i-sm' %}")
    name, classes = bits[1], bits[2].strip("\"'") if len(bits) == 3 else ""
    if name[0] in "\"'":
        return TextNode(icon_svg(name.strip("\"'"), classes))
    return IconNode(parser.compile_filter(name), classes)


@register.tag
def fixed(parser: Parser, token: Token) -> Node:
    """`{% fixed "core/assets.html" %}`: a part that is the same for everybody, drawn when the template is read."""
    _, name = token.split_contents()
    return TextNode(get_template(name.strip("\"'")).render())


@register.simple_tag
@lru_cache(maxsize=512, typed=True)
def dot(colour: str) -> SafeString:
    """A dot in a stored colour; what is no `#rrggbb` has the colour of the text."""
    fill = colour if is_colour(colour) else "currentColor"
    markup = '<svg class="dot" width="8" height="8" viewBox="0 0 8 8" aria-hidden="true">{}</svg>'
    return format_html(markup, format_html('<circle cx="4" cy="4" r="4" fill="{}"/>', fill))


@register.simple_tag
@lru_cache(maxsize=512, typed=True)
def status(label: str, colour: str) -> SafeString:
    """A status: its dot in the stored colour and its word."""
    return format_html('<span class="status">{}{}</span>', dot(colour), label)


@register.simple_tag
@lru_cache(maxsize=64, typed=True)
def tone_status(label: str, tone: str) -> SafeString:
    """A status that the product itself has: its word after a dot in one of our tones."""
    return format_html('<span class="status tone-{}">{}</span>', tone, label)


@register.simple_tag
@lru_cache(maxsize=512, typed=True)
def badge(label: str, colour: str = "") -> SafeString:
    """A tinted label in the tone nearest to a stored colour, or without a tone."""
    tone = f" tone-{nearest_tone(colour)}" if colour else ""
    return format_html('<span class="badge{}">{}</span>', tone, label)


@register.simple_tag
@lru_cache(maxsize=4096, typed=True)
def avatar(name: str, size: str = "") -> SafeString:
    """A person's initials in a circle; `size` is empty or `is-lg`. The name itself stands beside it."""
    classes = f"avatar tone-{tone_of(name)} {size}".rstrip()
    return format_html('<span class="{}" aria-hidden="true">{}</span>', classes, formatting.initials(name))


@register.simple_tag
@lru_cache(maxsize=4096, typed=True)
def logo(name: str, size: str = "") -> SafeString:
    """An organisation's first letter in a square; `size` is empty or `is-xl`."""
    classes = f"logo tone-{tone_of(name)} {size}".rstrip()
    return format_html('<span class="{}" aria-hidden="true">{}</span>', classes, formatting.initials(name)[0])


@register.simple_tag
@lru_cache(maxsize=1024, typed=True)
def person(name: str | None, nobody: str = "No owner") -> SafeString:
    """A staff person with initials and name, or the words for nobody."""
    if not name:
        none = '<span class="person muted"><span class="avatar is-none" aria-hidden="true"></span>{}</span>'
        return format_html(none, nobody)
    return format_html('<span class="person">{}<span class="clip">{}</span></span>', avatar(name), name)


@register.simple_tag
def when(value: datetime | None, nothing: str = "", *, within: bool = False) -> SafeString:
    """A moment told relatively, with the exact one on hover: `2 h ago`; `within` a sentence it reads on."""
    if value is None:
        return conditional_escape(nothing)
    exact, short = formatting.moment_utc(value), (formatting.ago_within if within else formatting.ago)(value)
    # Digits and names of months, with nothing to escape.
    return SafeString(f'<time datetime="{value.isoformat()}" title="{exact}">{short}</time>')


@register.filter
def undo_offer(tags: str | None) -> Undo | None:
    """The offer to undo that a message carries."""
    return offered(tags)


@register.filter
def number(value: int | Decimal | None) -> str:
    """`1,920,000`; nothing for nothing."""
    return "" if value is None else formatting.number(value)


@register.filter
def money(amount: int | Decimal | None, currency: str = "USD") -> str:
    """`$70,000.00`; nothing for nothing."""
    return "" if amount is None else formatting.money(amount, currency)


@register.filter
def whole_money(amount: int | Decimal | None, currency: str = "USD") -> str:
    """`$960,000`, for revenue and totals; nothing for nothing."""
    return "" if amount is None else formatting.money(amount, currency, cents=False)


@register.filter
def percent(share: float | Decimal | None) -> str:
    """`87%` from 0.87; nothing for nothing."""
    return "" if share is None else formatting.percent(share)


@register.filter
def day(value: date | None) -> str:
    """`31 Dec 2026`; nothing for nothing."""
    return "" if value is None else formatting.day(value)


@register.filter
def moment(value: datetime | None) -> str:
    """`19 Nov 2026, 09:41`; nothing for nothing."""
    return "" if value is None else formatting.moment(value)


@register.filter
def phone(number: str) -> str:
    """`+47 22 86 44 00` from E.164."""
    return formatting.phone(number)


@register.filter
def tone(colour: str) -> str:
    """The class of the tone nearest to a stored colour: `tone-green`."""
    return f"tone-{nearest_tone(colour)}"


@register.filter
def initials(name: str) -> str:
    """`PR` for Priya Raman."""
    return formatting.initials(name)


@register.filter
def is_tick(field: BoundField) -> bool:
    """Whether a field is one checkbox, which stands before its label."""
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def is_choice_of_one(field: BoundField) -> bool:
    """Whether a field is a row of radio buttons."""
    return isinstance(field.field.widget, RadioSelect) and not isinstance(field.field.widget, CheckboxSelectMultiple)


@register.filter
def control(field: BoundField) -> SafeString:
    """A form field's control with the classes of the stylesheet added to its own."""
    own = field.field.widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"input {own}".rstrip()})
