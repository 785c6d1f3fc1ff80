from django.db import migrations

from inquiry.words import INSTALL, REMOVE


class Migration(migrations.Migration):
    dependencies = [("inquiry", "0001_initial")]
    operations = [migrations.RunSQL(INSTALL, REMOVE)]
