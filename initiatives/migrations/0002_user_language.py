"""The language that a user has chosen."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="language",
            field=models.CharField(
                blank=True, choices=[("da", "Danish"), ("en", "English")], max_length=10, verbose_name="language"
            ),
        ),
    ]
