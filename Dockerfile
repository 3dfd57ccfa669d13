# Builds the wheel, installs it with the locked dependencies into an environment of its own,
# and copies that environment and the rules into an image that can neither build nor install.
#
# A release names the base image by digest: --build-arg PYTHON_IMAGE=python:3.13-slim@sha256:...
ARG PYTHON_IMAGE=python:3.13-slim

# ---- builder
FROM ${PYTHON_IMAGE} AS builder
WORKDIR /src
# The dates inside the wheel; the same hashes in every run, so that bytecode comes out the same.
ARG SOURCE_DATE_EPOCH=1767225600
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore \
    PYTHONDONTWRITEBYTECODE=1 PYTHONHASHSEED=0

# The environment has no pip of its own: the builder's fills it from outside.
RUN python -m venv --without-pip /opt/orbicularis

# Dependencies first, so that a change of our code does not install them again. Wheels only:
# a source package would run its build, with whatever that fetches.
COPY docker/locks/runtime.lock docker/locks/build.lock ./
RUN pip --python /opt/orbicularis/bin/python install --no-compile \
      --require-hashes --no-deps --only-binary :all: --requirement runtime.lock \
 && pip install --require-hashes --no-deps --only-binary :all: --requirement build.lock

# `pip check` stops the build when the lock no longer satisfies pyproject.toml.
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY service/ service/
RUN pip wheel --no-deps --no-index --no-build-isolation --wheel-dir dist . \
 && pip --python /opt/orbicularis/bin/python install --no-compile --no-deps --no-index dist/*.whl \
 && pip --python /opt/orbicularis/bin/python check

# Bytecode that is never compared with its source, which cannot change in a read-only image;
# none for what is never imported: other releases of FHIR, lexers of programming languages.
# Then what is in that environment, with licences, as CycloneDX.
RUN python -m compileall -q --invalidation-mode unchecked-hash \
      -x '/(fhir/resources/(STU3/)?[a-z0-9]+\.py|pygments/lexers/[a-z]\w+\.py)$' /opt/orbicularis/lib \
 && cyclonedx-py environment --pyproject pyproject.toml --output-reproducible \
      --output-format JSON --output-file /src/sbom.cdx.json /opt/orbicularis/bin/python

# ---- the image
FROM ${PYTHON_IMAGE}

# Nothing is installed from here on. The standard library gets its bytecode, which halves the
# time of a start.
RUN python -m pip uninstall --yes --quiet --root-user-action=ignore pip \
 && PYTHONHASHSEED=0 python -m compileall -q --invalidation-mode unchecked-hash \
      -x '/(ensurepip|idlelib|pydoc_data|site-packages|test|tkinter|turtledemo)/' \
      "$(python -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')"

COPY --from=builder /opt/orbicularis /opt/orbicularis
COPY --from=builder /src/sbom.cdx.json /app/
COPY LICENSE NOTICE /app/
COPY rules/ /app/rules/

# Production: calls need a JWT, and until issuers are named nobody has one.
ENV PATH=/opt/orbicularis/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    ORBICULARIS_PROFILE=production \
    ORBICULARIS_RULES=/app/rules

WORKDIR /app

# A number, so that an orchestrator can see that it is not root.
USER 10001:10001

# An image with broken rules is never made.
RUN ["orbicularis", "check", "/app/rules"]

EXPOSE 8080

# http.client and not urllib, which would send the probe through a configured proxy.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["python", "-c", "import http.client as h; c = h.HTTPConnection('127.0.0.1', 8080, timeout=4); c.request('GET', '/healthz'); raise SystemExit(c.getresponse().status != 200)"]

CMD ["orbicularis", "serve", "--host", "0.0.0.0", "--port", "8080"]

# Last, because they change with every commit.
ARG VERSION=dev
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Orbicularis" \
      org.opencontainers.image.description="CDS Hooks service: ranked differential for facial and lip twitching" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
