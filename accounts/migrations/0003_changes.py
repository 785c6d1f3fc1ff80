import django.db.models.functions.datetime
from django.db import migrations, models

# Once for a transaction, whatever it changes. Its number is nobody else's, so that nobody waits for anybody here. What
# brings data back from a backup does so without a search path.
TELLING = """
    CREATE FUNCTION accounts_tell_of_change() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
    BEGIN
        INSERT INTO accounts_change (transaction) VALUES (pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;
        RETURN NULL;
    END;
    $$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_roles'),
    ]

    operations = [
        migrations.CreateModel(
            name='Change',
            fields=[
                ('transaction', models.BigIntegerField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.RunSQL(TELLING, "DROP FUNCTION accounts_tell_of_change CASCADE"),
    ]
