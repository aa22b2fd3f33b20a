#include "tests/oracles/middleware/Emulated.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace corscope::oracles {

const std::vector<Emulated>& emulated()
{
    // FastAPI 0.92 and 0.119.1 stand on a Starlette of the version named beside them.
    static const std::vector<Emulated> rows = {
        {"starlette", "starlette 0.26.", "fastapi", "0.26.1", starletteApplication, starletteWiring, isStarletteBody,
         nothingOnPurpose},
        {"starlette", "starlette 0.47.", "fastapi", "0.47.3", starletteApplication, starletteWiring, isStarletteBody,
         nothingOnPurpose},
        {"starlette", "starlette 1.", "fastapi", "1.3.1", starletteApplication, starletteWiring, isStarletteBody,
         nothingOnPurpose},
        {"fastapi", "fastapi 0.92.", "fastapi", "0.26.1", fastApiApplication, starletteWiring, isStarletteBody,
         nothingOnPurpose},
        {"fastapi", "fastapi 0.119.", "fastapi", "0.47.3", fastApiApplication, starletteWiring, isStarletteBody,
         nothingOnPurpose},
        {"express-cors", "cors 2.", "express", "2.8.6", expressApplication, expressWiring, noOwnBody, expressOnPurpose},
        {"fastify-cors", "@fastify/cors 11.", "fastify", "11.4.3", fastifyApplication, fastifyWiring, isFastifyBody,
         fastifyOnPurpose},
        {"koa-cors", "@koa/cors 5.", "koa", "5.0.0", koaApplication, nodeWiring, noOwnBody, koaOnPurpose},
        {"hono-cors", "hono 4.", "hono", "4.13.19", honoApplication, nodeWiring, noOwnBody, nothingOnPurpose},
        {"hapi-cors", "@hapi/hapi 21.", "hapi", "21.4.10", hapiApplication, hapiWiring, isHapiBody, hapiOnPurpose},
        {"h3-cors", "h3 2.", "h3", "2.0.8", h3Application, nodeWiring, noOwnBody, nothingOnPurpose},
        {"middy-http-cors", "@middy/http-cors 6.", "middy", "6.4.5", middyApplication, nodeWiring, noOwnBody,
         nothingOnPurpose},
        {"micro-cors", "micro-cors 0.1.", "micro-cors", "0.1.1", microApplication, nodeWiring, noOwnBody,
         nothingOnPurpose},
        {"flask-cors", "flask-cors 3.", "flask", "3.0.10", flaskApplication, flaskWiring, noOwnBody, flaskOnPurpose,
         true},
        {"flask-cors", "flask-cors 6.", "flask", "6.0.2", flaskApplication, flaskWiring, noOwnBody, flaskOnPurpose,
         true},
        {"rs-cors", "rs/cors 1.7.", "rs-cors", "1.7.0", goApplication, rsCorsWiring, noOwnBody, nothingOnPurpose},
        {"rs-cors", "rs/cors 1.11.", "rs-cors", "1.11.1", goApplication, rsCorsWiring, noOwnBody, nothingOnPurpose},
        {"django-cors-headers", "django-cors-headers 3.", "django", "3.14.0", djangoApplication, djangoWiring,
         noOwnBody, nothingOnPurpose, true},
        {"django-cors-headers", "django-cors-headers 4.", "django", "4.9.0", djangoApplication, djangoWiring,
         noOwnBody, nothingOnPurpose, true},
        {"aiohttp-cors", "aiohttp-cors 0.7.", "aiohttp", "0.7.0", aiohttpApplication, aiohttpWiring, isAiohttpBody,
         nothingOnPurpose, true, Order::Varies},
        {"aiohttp-cors", "aiohttp-cors 0.8.", "aiohttp", "0.8.1", aiohttpApplication, aiohttpWiring, isAiohttpBody,
         nothingOnPurpose, true, Order::Varies},
        {"falcon", "falcon 3.", "falcon", "3.1.1", falconApplication, falconWiring, noOwnBody, nothingOnPurpose, true},
        {"rack-cors", "rack-cors 1.", "rack-cors", "1.1.1", rackApplication, rackWiring, noOwnBody, nothingOnPurpose},
        {"rack-cors", "rack-cors 3.", "rack-cors", "3.0.0", rackApplication, rackWiring, noOwnBody, nothingOnPurpose},
        {"laravel-php-cors", "fruitcake/php-cors 1.", "laravel", "1.4.0", phpApplication, laravelWiring, noOwnBody,
         nothingOnPurpose, true},
        {"php-handwritten", "php 8.", "php", "", phpApplication, phpWiring, noOwnBody, nothingOnPurpose, true},
        {"apache", "Apache/2.4.", "apache", "2.4.71", goApplication, apacheWiring, noOwnBody, nothingOnPurpose},
        {"caddy", "caddy 2.6.", "caddy", "2.6.2", goApplication, caddyWiring, noOwnBody, nothingOnPurpose},
        {"haproxy", "HAProxy version 2.6.", "haproxy", "2.6.12", goApplication, haproxyWiring, noOwnBody,
         nothingOnPurpose},
        {"chi-cors", "go-chi/cors 1.", "chi-cors", "1.2.1", goApplication, rsCorsWiring, noOwnBody, nothingOnPurpose},
        // Recorded with Debian's package, which carries a fix of a later version.
        {"gin-cors", "gin-contrib/cors 1.4.", "gin-cors", "1.4.0+deb12u1", ginApplication, ginWiring, noOwnBody,
         nothingOnPurpose},
        {"gin-cors", "gin-contrib/cors 1.7.", "gin-cors", "1.7.7", ginApplication, ginWiring, noOwnBody,
         nothingOnPurpose},
        {"echo-cors", "echo 4.2.", "echo-cors", "4.2.1", echoApplication, echoWiring, noOwnBody, nothingOnPurpose},
        {"gorilla-handlers", "gorilla/handlers 1.5.1", "gorilla-cors", "1.5.1", goApplication, gorillaWiring, noOwnBody,
         nothingOnPurpose},
        {"gorilla-handlers", "gorilla/handlers 1.5.2", "gorilla-cors", "1.5.2", goApplication, gorillaWiring, noOwnBody,
         nothingOnPurpose},
        {"jub0bs-cors", "jub0bs/cors 1.", "jub0bs-cors", "1.0.2", goApplication, jub0bsWiring, noOwnBody,
         nothingOnPurpose},
        {"jetty-crossoriginfilter", "org.eclipse.jetty.servlets.CrossOriginFilter 9.4.", "jetty", "9.4.57",
         jettyApplication, jettyWiring, noOwnBody, nothingOnPurpose},
        {"spring", "spring-web 4.3.", "spring", "4.3.30", tomcatApplication, springWiring, isSpringBody,
         nothingOnPurpose},
        {"spring", "spring-web 6.2.", "spring", "6.2.19", tomcatApplication, springWiring, isSpringBody,
         nothingOnPurpose},
        {"tomcat-corsfilter", "org.apache.catalina.filters.CorsFilter 10.1.", "tomcat", "10.1.60", tomcatApplication,
         tomcatWiring, noOwnBody, nothingOnPurpose},
        {"nginx", "nginx version: nginx/1.22.", "nginx", "1.22.1", goApplication, nginxWiring, noOwnBody,
         nothingOnPurpose},
    };
    return rows;
}

const Emulated* findEmulated(const MiddlewareRecording& recording)
{
    for (const auto& row : emulated())
        if (recording.framework == row.recorded && recording.version.startsWith(row.release))
            return &row;
    return nullptr;
}

InputError unknownWiring(const RecordedConfig& config)
{
    return {QString::fromUtf8(config.id), QStringLiteral("a wiring of the application that can be built"),
            QString::fromUtf8(QJsonDocument(config.app).toJson(QJsonDocument::Compact))};
}

StageConfig errorHandlerStage() { return {"error-handler", {}, {}, true, {}}; }

StageConfig authStage()
{
    return {"auth", {}, {}, true, {{QStringLiteral("accepts"), QStringLiteral("authorization")}}};
}

StageConfig rawHeadersStage(const HeaderList& headers)
{
    QJsonArray list;
    for (const auto& header : headers)
        list.append(QJsonArray{QString::fromLatin1(header.name), QString::fromLatin1(header.value)});
    return {"raw-headers", {}, {}, true, {{QStringLiteral("headers"), list}}};
}

bool noOwnBody(const ResponseMessage&) { return false; }
QString nothingOnPurpose(const RecordedConfig&, const RecordedRequest&) { return {}; }

} // namespace corscope::oracles
