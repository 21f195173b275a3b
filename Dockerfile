# Two stages: the first installs what the lock names, the second has no compiler, no tools and no caches.
ARG PYTHON=3.11

FROM python:${PYTHON} AS build
WORKDIR /build
COPY requirements.lock deploy/locked.py ./deploy/
RUN mv deploy/requirements.lock . \
    && python deploy/locked.py run > run.txt && python deploy/locked.py build > build.txt \
    && python -m venv /opt/sitrep && python -m venv tools \
    && /opt/sitrep/bin/pip install --no-cache-dir --no-deps --require-hashes -r run.txt \
    && tools/bin/pip install --no-cache-dir --no-deps --require-hashes -r build.txt
COPY . .
RUN tools/bin/pip wheel --no-deps --no-build-isolation --wheel-dir wheels . \
    && /opt/sitrep/bin/pip install --no-deps --no-index wheels/*.whl \
    && /opt/sitrep/bin/sitrep --version

FROM python:${PYTHON}-slim
RUN useradd --system --uid 10001 --create-home sitrep && install --directory --owner sitrep /data
COPY --from=build /opt/sitrep /opt/sitrep
ENV PATH=/opt/sitrep/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DATABASE_URL=sqlite:////data/sitrep.sqlite3
USER sitrep
WORKDIR /home/sitrep
VOLUME /data
# Where Telegram posts updates to, if WEBHOOK_URL is set.
EXPOSE 8080
# It ends by itself within 10 s of SIGTERM, which is what Docker waits for.
STOPSIGNAL SIGTERM
ENTRYPOINT ["sitrep"]
# web, worker and clock are the other roles; they need DATABASE_URL=postgresql://...
CMD ["run"]
