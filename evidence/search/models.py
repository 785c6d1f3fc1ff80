"""The words that occur in an inquiry, by which slips of the pen are put right. They can be gathered anew any time."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models

from evidence.documents.models import Document
from inquiry.models import Inquiry


class Word(models.Model):
    """A word that stands somewhere in an inquiry's documents.

    Where it stands is not known: nobody is offered it before it was found in what they may see. When a document is
    deleted, so are the words of its inquiry, to be gathered anew from those that are left.
    """

    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="+")
    word = models.CharField(max_length=40)
    watched = False

    class Meta:
        constraints = (models.UniqueConstraint(fields=["inquiry", "word"], name="one_word_once"),)
        indexes = (GinIndex(OpClass("word", name="gin_trgm_ops"), name="words_by_likeness"),)

    def __str__(self) -> str:
        return self.word


class Gathered(models.Model):
    """That the words of a document were gathered."""

    document = models.OneToOneField(Document, models.CASCADE, primary_key=True, related_name="+")
    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="+")
    watched = False

    class Meta:
        triggers = (
            pgtrigger.Trigger(
                name="forgets_with_its_document",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Delete,
                referencing=pgtrigger.Referencing(old="gone"),
                func="""
                    IF EXISTS (SELECT FROM gone) THEN
                        DELETE FROM search_word WHERE inquiry_id IN (SELECT inquiry_id FROM gone);
                        DELETE FROM search_gathered WHERE inquiry_id IN (SELECT inquiry_id FROM gone);
                    END IF;
                    RETURN NULL;
                """,
            ),
        )

    def __str__(self) -> str:
        return str(self.document_id)
