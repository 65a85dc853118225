"""How pages, forms and templates are written in this house.

**A page** is plain data. A presenter fills it, a view draws it:

    # presenters.py
    @dataclass(kw_only=True)
    class ArrivalPage(Page):                      # design_system.pages
        answers: list[SummaryRow]

    # views.py
    page = ArrivalPage(title="A child arrives", back=Link(text="My shift", href=url), form=form)
    return render_page(request, "children/arrival.jinja", page)   # design_system.render

`page.form` is the form that this page posts: its errors are summed up above the heading and the
tab says "Error". `page.notice` lists what was just done. `page.banner` is any object with a
`template`; that template reads `page.banner`. `heading=""` leaves the h1 to the template.
The chrome (navigation, who is signed in, demo) comes from the callable that
`settings.NEWEL_CHROME` names, `(request) -> pages.Chrome`. A part that htmx replaces is drawn by
`render_part` from the same partial that the page includes, with the same `page`.

**A template** lives in `<room>/templates/<room>/name.jinja`:

    {% extends "design_system/layout.jinja" %}
    {% import "design_system/components.jinja" as ds %}
    {% block content %}
      {{ ds.next_step("Add what is known", page.next_url, why="Nothing is written yet.") }}
      {{ ds.summary_list(page.answers) }}
      {{ ds.mark("needs-confirming") }}
      {% include "design_system/form.jinja" %}
    {% endblock %}

Names that do not exist are errors. `ds` has link, button, button_link, tag, mark, notice, inset,
warning, details, summary_list, table, task_list, card and next_step. Globals: `static(path)`,
`url(name, **kwargs)`, `nhs(component, params)` for a macro of nhsuk-frontend-jinja (slow: no
lists). Filters: `day`, `short_day`, `day_time`, `time`. No inline style or script: the content
policy refuses them. The staircase: `{% set stairs = page.stairs %}` (from `staircase.stairs`) and
`{% include "design_system/staircase.jinja" %}`.

**A form** says what it asks; its fields draw themselves:

    class ArrivalForm(NewelForm):                 # design_system.forms
        submit_label = "Save and go on"
        preferred_name = TextField(label="Name they like", max_length=100)
        born_on = DateField(label="Date of birth")            # date_fields
        told = LongTextField(label="What they told you", max_length=5000, required=False)
        kin = RadiosField(                                     # choice_fields
            label="Is there someone to call?", choices=[("yes", "Yes"), ("no", "No")],
            shows={"yes": "kin_name"},            # kin_name is asked, and required, only then
        )
        kin_name = TextField(label="Who?", max_length=100)

`called="the date of birth"` names an answer inside error sentences. `DateField.latest` and
`.earliest` are set in `__init__` from a date that the view passes in. `form.render_nhs("a", "b")`
draws some fields, `form["a"].as_nhs()` one, where a template arranges them itself, inside

    <form method="post" novalidate data-keep-words>{{ csrf_input }}{{ form_extras(request) }}

`data-keep-words` (on for every NewelForm; `keep_words = False` leaves it off) sends the form while
its page stays open. Such a form answers with a redirect when it is saved, and with the same page,
status 200, when it is not.

**Settings**: `TEMPLATES` first `{"BACKEND": "django.template.backends.jinja2.Jinja2",
"APP_DIRS": False, "OPTIONS": {"environment": "newel.record.design_system.jinja.environment"}}`
(finds only names ending in .jinja; allauth follows with `ACCOUNT_TEMPLATE_EXTENSION = "jinja"`),
`STATICFILES_DIRS = [checkout / "build" / "static"]`, and in `MIDDLEWARE`, first of those that
can redirect, `newel.record.design_system.middleware.keep_words_redirect`. Static files in service:
`newel.record.design_system.storage.FingerprintedFiles`. `NEWEL_FORM_EXTRAS` names a callable,
`(request) -> safe HTML`, for what every form carries beside its token.
"""
