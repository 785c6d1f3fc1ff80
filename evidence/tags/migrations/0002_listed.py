import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from evidence.tags import listing, voices


class Migration(migrations.Migration):

    dependencies = [
        ('inquiry', '0001_beginning'),
        ('quotes', '0001_beginning'),
        ('submissions', '0001_beginning'),
        ('tags', '0001_beginning'),
        ('witnesses', '0001_beginning'),
    ]

    operations = [
        migrations.CreateModel(
            name='ListedTag',
            fields=[
                ('tag', models.OneToOneField(on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='+', serialize=False, to='tags.tag')),
                ('inquiry', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='inquiry.inquiry')),
                ('theme', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='inquiry.theme')),
                ('recommendation', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='inquiry.recommendation')),
                ('stance', models.CharField(max_length=10)),
                ('quote', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='quotes.quote')),
                ('panel', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='inquiry.panel')),
                ('appearance', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='witnesses.appearance')),
                ('submission', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='submissions.submission')),
                ('redacted', models.BooleanField()),
                ('standing', models.BooleanField()),
                ('heard_at', models.CharField(max_length=20)),
                ('sector_known', models.CharField(max_length=20)),
                ('sector_open', models.CharField(max_length=20)),
                ('later_known', models.BooleanField()),
                ('later_open', models.BooleanField()),
                ('place', models.BinaryField()),
            ],
            options={
                'verbose_name': 'tag in lists',
                'verbose_name_plural': 'tags in lists',
                'db_table': 'tags_listed',
                'indexes': [
                    models.Index(condition=models.Q(('standing', True)), fields=['theme', 'later_known', 'place'], include=('inquiry', 'quote', 'panel', 'submission', 'redacted', 'sector_known'), name='tags_known'),
                    models.Index(condition=models.Q(('standing', True)), fields=['theme', 'later_open', 'place'], include=('inquiry', 'quote', 'panel', 'submission', 'redacted', 'sector_open'), name='tags_open'),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='tag',
            trigger=pgtrigger.compiler.Trigger(name='listed_by_its_quote', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP <> 'INSERT' THEN\n        PERFORM FROM quotes_listed WHERE quote_id = OLD.quote_id FOR NO KEY UPDATE;\n    END IF;\n    IF TG_OP = 'UPDATE' AND NEW.quote_id IS NOT DISTINCT FROM OLD.quote_id THEN\n        UPDATE tags_listed SET (theme_id, recommendation_id, stance)\n            = (NEW.theme_id, NEW.recommendation_id, NEW.stance) WHERE tag_id = NEW.id;\n        RETURN NULL;\n    END IF;\n    IF TG_OP <> 'INSERT' THEN\n        DELETE FROM tags_listed WHERE tag_id = OLD.id;\n    END IF;\n    IF TG_OP <> 'DELETE' THEN\n        PERFORM FROM quotes_listed WHERE quote_id = NEW.quote_id FOR NO KEY UPDATE;\n        INSERT INTO tags_listed (tag_id, inquiry_id, theme_id, recommendation_id, stance, quote_id, panel_id, appearance_id, submission_id, redacted, standing, heard_at, sector_known, sector_open, later_known, later_open, place)\n            SELECT NEW.id, NEW.inquiry_id, NEW.theme_id, NEW.recommendation_id, NEW.stance, quote_id, panel_id, appearance_id, submission_id, redacted, standing, heard_at, sector_known, sector_open, later_known, later_open, place\n            FROM quotes_listed WHERE quote_id = NEW.quote_id;\n    END IF;\n    RETURN NULL;\n", hash='e0558a03b3fa4c1f4d9485ec4fd5f869c0a99c92', operation='INSERT OR UPDATE OF "quote_id", "theme_id", "recommendation_id", "stance" OR DELETE', pgid='pgtrigger_listed_by_its_quote_5254b', table='tags_tag', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='tag',
            index=models.Index(condition=models.Q(('quote', None)), fields=['theme'], name='tags_on_other_evidence'),
        ),
        migrations.RunSQL(listing.INSTALL, listing.REMOVE),
        # A database of before has the view as it was.
        migrations.RunSQL(f"{voices.REMOVE}; {voices.INSTALL}", voices.REMOVE),
    ]
