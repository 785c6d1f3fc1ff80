from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('submissions', '0004_quotes_as_lists_show_them'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='submission',
            index=models.Index(condition=models.Q(('readable', True)), fields=['inquiry', 'id'], include=('names_known',), name='submissions_readable'),
        ),
    ]
