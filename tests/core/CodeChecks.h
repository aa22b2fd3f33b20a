#pragma once

#include "core/backend/FrameworkDescription.h"
#include "core/backend/Server.h"
#include "core/backend/StageCatalogue.h"
#include "core/backend/code/FrameworkCode.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

namespace corscope {

// (moc takes two slashes, or a slash and a star, for a comment even in a raw string: they are escaped there.)
inline QJsonObject object(const char* json) { return QJsonDocument::fromJson(json).object(); }
inline QByteArray compact(const QJsonObject& json) { return QJsonDocument(json).toJson(QJsonDocument::Compact); }

/// Settings without what equals a default, which code does not show.
inline QJsonObject shown(const FrameworkDescription& description, QJsonObject settings)
{
    for (const auto& option : description.options)
        if (settings.value(QString::fromUtf8(option.name)) == option.defaultValue)
            settings.remove(QString::fromUtf8(option.name));
    return settings;
}

inline QByteArray written(const char* framework, const QJsonObject& settings)
{
    return codeText(writtenCode(*findFrameworkDescription(framework), settings));
}

/// What is read, or the complaint.
inline QByteArray readBack(const char* framework, const QByteArray& code)
{
    const auto read = readCode(*findFrameworkDescription(framework), code);
    return read ? compact(*read) : read.error().sentence().toUtf8();
}

/// What the middleware does with a request to a server with a few routes.
inline ResponseMessage answered(const char* framework, const QJsonObject& settings, const RequestMessage& request,
                                const QByteArray& version = {})
{
    const auto server =
        Server::create({"api", "http", "api.example.test", 80, {{"cors", framework, version, true, settings}},
                        {{"GET", "/items", 200, {}, "[]", {}}, {"PUT", "/items", 200, {}, {}, "saved"},
                         {"GET", "/boom", 500, {}, {}, {}, true},
                         {"GET", "/own", 200, {{"Access-Control-Allow-Origin", "*"}}, {}, {}}}});
    return server ? (*server)->handle(request, Clock::start, Recorder::silent()).response
                  : ResponseMessage{-1, {}, {}, server.error().sentence().toUtf8()};
}

inline RequestMessage request(const QByteArray& method, const QByteArray& target, const HeaderList& headers)
{
    return {method, target, headers, {}};
}

/// Where the settings are refused, or nothing.
inline QString refusedAt(const char* framework, const QJsonObject& settings)
{
    const auto stage = makeStage({"cors", framework, {}, true, settings});
    return stage ? QString() : stage.error().where;
}

} // namespace corscope
