from django.db import migrations

from evidence.history.attaching import INSTALL


class Migration(migrations.Migration):

    dependencies = [
        ('history', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    # Either function does the same, so there is nothing to take back.
    operations = [migrations.RunSQL(INSTALL, migrations.RunSQL.noop)]
