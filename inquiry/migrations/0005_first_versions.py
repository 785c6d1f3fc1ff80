from django.db import migrations

# What stands there now is the first version of it; who wrote it, history knows, and the product did not record.
FIRST = """
    INSERT INTO inquiry_recommendationversion
        (created_at, inquiry_id, recommendation_id, number, label, title, text, status, why)
    SELECT r.created_at, r.inquiry_id, r.id, 1, a.number || '.' || r.number, r.title, r.text, r.status, ''
    FROM inquiry_recommendation r JOIN inquiry_addressee a ON a.id = r.addressee_id;
"""


class Migration(migrations.Migration):
    dependencies = [("inquiry", "0004_the_ledger")]
    operations = [migrations.RunSQL(FIRST, migrations.RunSQL.noop)]
