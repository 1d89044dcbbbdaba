"""Pages over TLS, by a certificate of our own."""

import http.client
import ssl
import subprocess

import pytest

from client import Client
from program import BINARY, Program, free_port


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("certificate")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", folder / "key.pem",
         "-out", folder / "certificate.pem"],
        check=True, capture_output=True)
    return folder


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion")
def test_pages_over_tls(tmp_path, staff, certificate):
    settings = {"tls.certificate": certificate / "certificate.pem", "tls.key": certificate / "key.pem"}
    with Program(tmp_path, like=staff, settings=settings) as program:
        context = ssl.create_default_context(cafile=certificate / "certificate.pem")
        client = Client(program, context)
        answer = client.get("/sign-in")
        assert answer.status == 200
        assert answer.headers["strict-transport-security"].startswith("max-age=31536000")
        seen = answer.headers.get_all("set-cookie")
        client.sign_in(program.accounts["conseil.tun"])
        seen += client.get("/language/fr").headers.get_all("set-cookie")
        form = client.form("/sign-in", "/sign-in")
        account = program.accounts["conseil.tun"]
        signed_in = client.post("/sign-in", form | {"name": account.name, "password": account.password})
        seen += signed_in.headers.get_all("set-cookie")
        assert {cookie.split("=")[0] for cookie in seen} == {"visit", "language", "tounesna"}
        for cookie in seen:
            assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}
        assert client.connection.sock.version() in ("TLSv1.2", "TLSv1.3")
        refuses_plain_and_old(program.port)
        log = program.log.read_text()
        assert f"https://127.0.0.1:{program.port}/" in log
        assert (certificate / "key.pem").read_text().splitlines()[1] not in log


def refuses_plain_and_old(port):
    with pytest.raises((OSError, http.client.HTTPException)):
        plain = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        plain.request("GET", "/sign-in")
        plain.getresponse()
    old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
    old.minimum_version = old.maximum_version = ssl.TLSVersion.TLSv1_1
    old.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.raises(OSError):
        connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=10, context=old)
        connection.request("GET", "/sign-in")


def test_cookies_without_tls_say_so(program):
    cookies = Client(program).get("/sign-in").headers.get_all("set-cookie")
    assert cookies and all("HttpOnly" in cookie and "Secure" not in cookie for cookie in cookies)


@pytest.mark.parametrize("broken", ["no-certificate", "no-key", "not-pem", "no-certificate-named", "no-key-named"])
def test_a_certificate_that_cannot_be_used_is_named(tmp_path, staff, certificate, broken):
    files = {"tls.certificate": certificate / "certificate.pem", "tls.key": certificate / "key.pem"}
    (tmp_path / "not.pem").write_text("not PEM\n")
    files |= {
        "no-certificate": {"tls.certificate": "/no/such/certificate.pem"}, "no-key": {"tls.key": "/no/such/key.pem"},
        "not-pem": {"tls.certificate": tmp_path / "not.pem"}, "no-certificate-named": {"tls.certificate": ""},
        "no-key-named": {"tls.key": ""},
    }[broken]
    program = Program(tmp_path, like=staff)
    words = [word for key, value in files.items() for word in ("--set", f"{key}={value}")]
    done = subprocess.run(
        [BINARY, "serve", *program.place, "--set", f"http.port={free_port()}", *words],
        capture_output=True, text=True, timeout=30)
    assert done.returncode == 1, done.stderr
    lines = done.stderr.splitlines()
    assert len(lines) == 1 and "tls." in lines[0], done.stderr
