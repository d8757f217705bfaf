"""One process reads signatures and seals papers, in any order."""

import subprocess
import sys


def test_who_read_a_signature_can_still_seal():
    script = (
        "from kazna.plumbing.cms import cms; cms.CMSAttributeType('content_type');"
        "from pyhanko.sign import signers; cms.CMSAttributeType('signing_certificate_v2')"
    )

    assert subprocess.run([sys.executable, "-c", script], check=False, capture_output=True).returncode == 0
