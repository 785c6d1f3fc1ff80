from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("report", "0003_snapshots_of_exports")]
    operations = [
        migrations.RemoveField(model_name="export", name="content"),
        migrations.RemoveField(model_name="export", name="digest"),
    ]
