#include "tests/oracles/middleware/MiddlewareRecording.h"

#include "core/base/Ascii.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

namespace corscope::oracles {

namespace {

Result<QJsonDocument> read(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return InputError{path, QStringLiteral("a readable file"), file.errorString()};
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(file.readAll(), &error);
    if (document.isNull())
        return InputError{path, QStringLiteral("JSON"), error.errorString()};
    return document;
}

HeaderList headers(const QJsonArray& json)
{
    HeaderList list;
    for (const auto& item : json)
        list.append(item.toArray()[0].toString().toUtf8(),
                    normalizedHeaderValue(item.toArray()[1].toString().toUtf8()));
    return list;
}

QString shown(const QList<QByteArray>& values)
{
    return values.isEmpty() ? QStringLiteral("nothing")
                            : QString::fromUtf8('"' + ascii::join(values, "\" and \"") + '"');
}

QSet<QByteArray> asSet(const QList<QByteArray>& values)
{
    QSet<QByteArray> set;
    for (const auto& value : values)
        for (const auto& item : value.split(','))
            set.insert(item.trimmed());
    return set;
}

} // namespace

Result<std::vector<RecordedRequest>> loadRequests(const QString& path)
{
    const auto document = read(path);
    if (!document)
        return document.error();
    std::vector<RecordedRequest> requests;
    for (const auto& item : document->array()) {
        // [id, method, target, headers, body, note], or an object with these names
        const auto field = [&](const char* name, int place) -> QJsonValue { // not a reference into what is gone
            return item.isObject() ? item.toObject()[QLatin1String(name)] : item.toArray()[place];
        };
        const auto lines = field("headers", 3).toArray();
        auto list = headers(lines);
        list.append("Host", "api.example.test");
        list.append("Connection", "close");
        HeaderList untrimmed;
        for (const auto& line : lines) {
            const auto value = line.toArray()[1].toString().toUtf8();
            const auto start = value.indexOf(normalizedHeaderValue(value));
            untrimmed.append(line.toArray()[0].toString().toUtf8(), value.mid(start));
        }
        untrimmed.append("Host", "api.example.test");
        untrimmed.append("Connection", "close");
        requests.push_back({field("id", 0).toString().toUtf8(),
                            {field("method", 1).toString().toUtf8(), field("target", 2).toString().toUtf8(), list,
                             field("body", 4).toString().toUtf8()},
                            field("note", 5).toString(),
                            untrimmed});
    }
    return requests;
}

Result<MiddlewareRecording> MiddlewareRecording::load(const QString& path,
                                                      const std::vector<RecordedRequest>& requests)
{
    const auto document = read(path);
    if (!document)
        return document.error();
    const auto root = document->object();
    MiddlewareRecording recording;
    recording.framework = root[QLatin1String("framework")].toString().toUtf8();
    recording.version = root[QLatin1String("version")].toString().toUtf8();
    recording.refused = root[QLatin1String("refused")].toObject();
    for (const auto& item : root[QLatin1String("responses")].toArray()) {
        const auto field = [&](const char* name, int place) -> QJsonValue {
            return item.isObject() ? item.toObject()[QLatin1String(name)] : item.toArray()[place];
        };
        recording.responses.push_back({field("status", 0).toInt(), {}, headers(field("headers", 1).toArray()),
                                       field("body", 2).toString().toUtf8()});
    }
    for (const auto& item : root[QLatin1String("configs")].toArray()) {
        const auto field = [&](const char* name, int place) -> QJsonValue {
            return item.isObject() ? item.toObject()[QLatin1String(name)] : item.toArray()[place];
        };
        const auto config = field("config", 1).toObject();
        const bool directives = !config.contains(QLatin1String("options")) && !config.contains(QLatin1String("app"));
        RecordedConfig recorded{field("id", 0).toString().toUtf8(),
                                config[QLatin1String("options")].toObject(),
                                config[QLatin1String("options")].toArray(),
                                directives ? config : config[QLatin1String("app")].toObject(),
                                {}};
        // `false` in place of options is the middleware switched off.
        if (config[QLatin1String("options")] == QJsonValue(false))
            recorded.app[QStringLiteral("place")] = QStringLiteral("absent");
        const auto answers = field("answers", 2);
        for (size_t i = 0; i < requests.size(); ++i) {
            const QJsonValue answer = answers.isObject() ? answers.toObject()[QString::fromUtf8(requests[i].id)]
                                                   : answers.toArray()[qsizetype(i)];
            const int index = answer.toInt(-1);
            recorded.answers.push_back(index < int(recording.responses.size()) ? index : -1);
        }
        recording.configs.push_back(recorded);
    }
    return recording;
}

QStringList differences(const ResponseMessage& recorded, const ResponseMessage& emulated, Body body, Order lists)
{
    QStringList result;
    const auto differ = [&](const QString& what, const QString& was, const QString& is) {
        result.append(QStringLiteral("%1: recorded %2, emulated %3").arg(what, was, is));
    };
    if (recorded.status != emulated.status)
        differ(QStringLiteral("status"), QString::number(recorded.status), QString::number(emulated.status));

    QSet<QByteArray> names;
    for (const auto* list : {&recorded.headers, &emulated.headers})
        for (const auto& header : *list)
            names.insert(ascii::lowered(header.name));
    for (const auto& name : names) {
        const bool isAllow = name == "allow";
        if (!name.startsWith("access-control-") && name != "vary" && !isAllow)
            continue;
        const auto was = recorded.headers.values(name);
        auto is = emulated.headers.values(name);
        for (auto& value : is) // as it would be read off the wire
            value = normalizedHeaderValue(value);
        const bool asSets = isAllow || (lists == Order::Varies && was.size() == is.size());
        if (asSets ? asSet(was) != asSet(is) : was != is)
            differ(QString::fromUtf8(name), shown(was), shown(is));
    }

    const auto sorted = [](const QByteArray& text) -> QByteArray {
        auto parts = text.mid(text.lastIndexOf(':') + 1).split(',');
        for (auto& part : parts)
            part = part.trimmed();
        std::sort(parts.begin(), parts.end());
        return text.left(text.lastIndexOf(':') + 1) + ascii::join(parts, ", ");
    };
    const bool sameBody = lists == Order::Varies ? sorted(recorded.body) == sorted(emulated.body)
                                                 : recorded.body == emulated.body;
    if (body == Body::Compare && !sameBody)
        differ(QStringLiteral("body"), shown({recorded.body}), shown({emulated.body}));
    return result;
}

} // namespace corscope::oracles
