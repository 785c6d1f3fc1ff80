"""A comma beside an omission may go with it; the judgement is installed anew."""

from django.db import migrations

from evidence.quotes.verbatim import INSTALL


class Migration(migrations.Migration):
    dependencies = [("quotes", "0002_initial")]

    operations = [migrations.RunSQL(INSTALL, migrations.RunSQL.noop)]
