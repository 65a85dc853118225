"""A measure as a FHIR Questionnaire, and one form as a QuestionnaireResponse, out and in.

Kept to what R4 and R4B share. Texts of the questions stand in the Questionnaire only: a response
holds ids and codes, so that a site's licensed wording never leaves with a child's answers.
"""

from newel.evidence.measures.fhir.forms import response
from newel.evidence.measures.fhir.incoming import ResponseRefused, read_response
from newel.evidence.measures.fhir.questions import address, questionnaire
from newel.evidence.measures.form import Form

__all__ = ["Form", "ResponseRefused", "address", "questionnaire", "read_response", "response"]
