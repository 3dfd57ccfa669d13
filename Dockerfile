# Builds the wheel, installs it into an environment of its own, and copies that
# environment and the rules into an image that can neither build nor install.

# ---- builder
FROM python:3.13-slim AS builder
WORKDIR /src
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore

# The environment has no pip of its own: the builder's fills it from outside.
RUN python -m venv --without-pip /opt/orbicularis

# Dependencies first, so that a change of our code does not install them again.
COPY pyproject.toml ./
RUN python -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['project']['dependencies'], sep='\n')" > requirements.txt \
 && pip --python /opt/orbicularis/bin/python install --requirement requirements.txt

COPY README.md LICENSE NOTICE ./
COPY service/ service/
RUN pip wheel --no-deps --wheel-dir dist . \
 && pip --python /opt/orbicularis/bin/python install --no-deps dist/*.whl

# ---- the image
FROM python:3.13-slim

# Nothing is installed from here on.
RUN python -m pip uninstall --yes --quiet --root-user-action=ignore pip

COPY --from=builder /opt/orbicularis /opt/orbicularis
COPY LICENSE NOTICE /app/
COPY rules/ /app/rules/

ENV PATH=/opt/orbicularis/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
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

# Calls are not authenticated yet: publish the port to a trusted network only.
CMD ["orbicularis", "serve", "--host", "0.0.0.0", "--port", "8080"]

# Last, because they change with every commit.
ARG VERSION=dev
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Orbicularis" \
      org.opencontainers.image.description="CDS Hooks service: ranked differential for facial and lip twitching" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
