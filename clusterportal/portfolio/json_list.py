"""The rows of a subquery as one JSON list, so that a page's few queries bring along what belongs to each row."""

from typing import Any

from django.db.models import JSONField, QuerySet, Subquery
from django.db.models.functions import JSONObject


class JSONList(Subquery):
    """The rows of `queryset`, in its order, as a list of objects with `fields`; an empty list for none.

    The values are those of the database: money is whole øre, a day is text.
    """

    output_field = JSONField()
    template = "(SELECT JSON_GROUP_ARRAY(JSON(listed.item)) FROM (%(subquery)s) listed)"

    def __init__(self, queryset: QuerySet[Any], **fields: Any) -> None:
        super().__init__(queryset.values(item=JSONObject(**fields)))

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = "(SELECT COALESCE(JSONB_AGG(listed.item), '[]') FROM (%(subquery)s) listed)"
        return self.as_sql(compiler, connection, template, **extra)
