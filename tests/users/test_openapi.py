"""The API's description names the key that its addresses ask for."""

from drf_spectacular.generators import SchemaGenerator


def test_the_schema_describes_the_bearer_key() -> None:
    schema = SchemaGenerator().get_schema(request=None, public=True)
    schemes = schema["components"]["securitySchemes"]
    assert schemes == {"accessKey": {"type": "http", "scheme": "bearer"}}
