"""Static files under names that change with their content, so that a browser keeps them for good.

Our scripts import each other: the names in those imports have to change as well. Django can do
that, but for all scripts at once, and it stumbles over comments in some that are not ours.
"""

from whitenoise.storage import CompressedManifestStaticFilesStorage

_, _IMPORTS = CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns


class FingerprintedFiles(CompressedManifestStaticFilesStorage):
    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("newel/js/*.js", _IMPORTS))
