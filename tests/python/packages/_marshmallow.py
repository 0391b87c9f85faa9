# package: marshmallow
from marshmallow import Schema, fields, validate
class S(Schema):
    name = fields.Str(required=True, validate=validate.Length(max=3)); when = fields.Date(); n = fields.List(fields.Int())
print(S().validate({"name": "abcd", "n": ["x"]}), S().load({"name": "a", "when": "2024-02-03", "n": ["1"]}), S().dump({"name": 1, "n": (1, 2)}))
