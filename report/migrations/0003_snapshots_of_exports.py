"""What each export was made from becomes a snapshot of its own."""

from django.db import migrations

PARTS = ["sessions", "events", "written", "themes", "recommendations", "references"]


def freeze(apps, schema_editor):
    exports = apps.get_model("report", "Export")
    snapshots = apps.get_model("report", "Snapshot")
    for export in exports.objects.exclude(content={}).iterator(chunk_size=20):
        snapshot = snapshots.objects.create(
            inquiry_id=export.inquiry_id,
            layout=export.layout,
            parts=PARTS,
            include_unchecked=export.include_unchecked,
            content=export.content,
            digest=export.digest,
            taken_by_id=export.asked_by_id,
        )
        snapshots.objects.filter(pk=snapshot.pk).update(created_at=export.asked_at)
        exports.objects.filter(pk=export.pk).update(snapshot=snapshot)


def thaw(apps, schema_editor):
    exports = apps.get_model("report", "Export")
    for export in exports.objects.exclude(snapshot=None).select_related("snapshot").iterator(chunk_size=20):
        kept = {"content": export.snapshot.content, "digest": export.snapshot.digest}
        exports.objects.filter(pk=export.pk).update(snapshot=None, **kept)


class Migration(migrations.Migration):
    dependencies = [("report", "0002_snapshots")]
    operations = [migrations.RunPython(freeze, thaw)]
