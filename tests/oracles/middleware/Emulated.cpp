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
