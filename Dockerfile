# One image for every process of the service: web, live, worker, beat, outbox, migrate. See docs/operations.md.
# Base images are named by tag; put the digest of the one you have tested behind it (python:3.13-slim@sha256:...).
ARG PYTHON=python:3.13-slim
ARG NODE=node:22-slim

# The Chinese font of the report, as locked.
FROM ${NODE} AS fonts
WORKDIR /fonts
COPY reports/fonts/package.json reports/fonts/package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund --fetch-retries=5

# What the service imports, as locked by hash, without the tools that install it.
FROM ${PYTHON} AS packages
ARG REQUIREMENTS=requirements.txt
COPY ${REQUIREMENTS} /tmp/requirements.txt
RUN python -m venv --without-pip /opt/quiver
RUN pip --python /opt/quiver/bin/python install --no-cache-dir --disable-pip-version-check --require-hashes -r /tmp/requirements.txt

FROM ${PYTHON}
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin quiver
RUN install -d -o 10001 -g 10001 /var/lib/quiver
WORKDIR /srv/quiver
COPY --from=packages /opt/quiver /opt/quiver
COPY manage.py LICENSE ./
COPY api api
COPY config config
COPY diary diary
COPY reports reports
COPY --from=fonts /fonts/node_modules/@expo-google-fonts/noto-sans-tc/400Regular/NotoSansTC_400Regular.ttf reports/fonts/
COPY --from=fonts /fonts/node_modules/@expo-google-fonts/noto-sans-tc/700Bold/NotoSansTC_700Bold.ttf reports/fonts/
COPY --from=fonts /fonts/node_modules/@expo-google-fonts/noto-sans-tc/LICENSE_FONT reports/fonts/
RUN /opt/quiver/bin/python -m compileall -q api config diary reports
ENV PATH=/opt/quiver/bin:/usr/local/bin:/usr/bin:/bin PYTHONPATH=/srv/quiver PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 LOG_FORMAT=json
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD ["python", "-m", "config.probe", "8000"]
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--no-ws", "--workers", "4", "--blocking-threads", "4", "--workers-kill-timeout", "30", "--log-config", "config/granian-logs.json", "config.wsgi:application"]
