# package: jsonschema
import jsonschema
schema = {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer", "minimum": 2}, "b": {"items": {"enum": [1, "x"]}}}, "additionalProperties": False}
for value in ({"a": 3}, {"a": 1}, {"b": [2]}, {"a": 2, "c": 1}):
    print(sorted(e.message for e in jsonschema.Draft7Validator(schema).iter_errors(value)))
