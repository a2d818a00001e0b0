# One image for every service of docker-compose.yml. The lock is requirements.txt; make and what it sets up on a
# machine (bin/setup) and this file install the same packages, Pango and fonts.
FROM python:3.12.11-slim-bookworm AS packages
WORKDIR /opt/corong
COPY pyproject.toml requirements.txt ./
# Versions and uv itself come from the lock; the development group stays out, but for the sample company's mailbox.
RUN pip install --no-cache-dir "$(grep '^uv==' requirements.txt)" \
 && uv venv /opt/venv \
 && uv pip install --no-cache --python /opt/venv/bin/python --constraint requirements.txt \
      --requirement pyproject.toml --group pyproject.toml:stack aiosmtpd msgspec

FROM python:3.12.11-slim-bookworm
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 50000 --gid 0 --home-dir /opt/corong --no-create-home --shell /usr/sbin/nologin corong
COPY --from=packages /opt/venv /opt/venv
WORKDIR /opt/corong
ENV PATH=/opt/venv/bin:$PATH PYTHONPATH=/opt/corong PYTHONUNBUFFERED=1 FONTS_DIR=/opt/corong/fonts LANG=C.UTF-8
COPY include include
RUN python -W ignore::RuntimeWarning -m include.report.fonts
COPY bin bin
COPY sandbox sandbox
COPY config config
COPY dags dags
COPY plugins plugins
COPY pyproject.toml requirements.txt ./
# Docker gives an empty volume the owner and mode of the folder it is mounted on.
RUN install -d -o 50000 -g 0 -m 750 data data/airflow data/airflow/logs data/drop data/lake data/mailbox data/reports \
 && install -d -o 50000 -g 0 -m 700 data/secrets
USER 50000:0
CMD ["airflow", "version"]
