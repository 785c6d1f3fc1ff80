"""What the appendix's template needs beyond Django's own tags."""

from django import template

from report.structure import paragraphs

register = template.Library()
register.filter("paragraphs", paragraphs)
