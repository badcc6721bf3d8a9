# Two stages: the first builds a wheel with the page in it, the second only runs it.
FROM python:3.12-slim AS build
WORKDIR /src
COPY . .
RUN pip wheel --no-cache-dir --wheel-dir /wheels -c constraints.txt .

FROM python:3.12-slim
RUN apt-get update && apt-get install -y --no-install-recommends libexpat1 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --create-home --uid 10001 visavis \
 && install -d -o visavis -g visavis /store
COPY --from=build /wheels /wheels
RUN pip install --no-cache-dir --no-index --find-links=/wheels visavis && rm -rf /wheels
USER visavis
WORKDIR /store
# The store is a volume: put a store.gpkg there, or build one with `docker run … visavis build …`.
VOLUME /store
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s CMD \
  ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
CMD ["visavis", "serve", "/store/store.gpkg", "--host", "0.0.0.0", "--port", "8000"]
