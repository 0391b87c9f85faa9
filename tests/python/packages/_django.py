# package: django
import django
from django.conf import settings
settings.configure(TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}], USE_TZ=True, SECRET_KEY="x", ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"])
django.setup()
from django import forms
from django.http import JsonResponse, HttpResponse
from django.template import Template, Context
from django.urls import path, reverse
from django.test import RequestFactory, Client
from django.utils import timezone, html, text
class Form(forms.Form):
    name = forms.CharField(max_length=5); age = forms.IntegerField(min_value=1); mail = forms.EmailField(required=False)
form = Form({"name": "abcdefg", "age": "0", "mail": "x"}); print(form.is_valid(), form.errors.as_json(), form["name"])
print(Template("{% for x in l %}{{ forloop.counter }}{{ x|upper|safe }}{% empty %}-{% endfor %}{{ d|date:'Y-m-d' }}{% if a > 1 %}y{% endif %}").render(Context({"l": "a<", "a": 2, "d": timezone.datetime(2024, 2, 3)})))
urlpatterns = [path("item/<int:n>/", lambda request, n: JsonResponse({"n": n, "q": request.GET.get("q")}), name="item")]
print(reverse("item", args=[5]), Client().get("/item/7/?q=z").content, Client().get("/none").status_code, text.slugify("Hello, World é"))
