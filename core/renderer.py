"""Forms drawn with our own field template."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """`{{ field.as_field_group }}` draws label, control, help and errors as the stylesheet wants them."""

    field_template_name = "core/field.html"
