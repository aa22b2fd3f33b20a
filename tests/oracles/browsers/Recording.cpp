#include "tests/oracles/browsers/Recording.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>

#include <algorithm>

namespace corscope::oracles::browsers {

QByteArray bytes(const QJsonValue& value)
{
    return value.toString().toLatin1();
}

HeaderList headerList(const QJsonValue& pairs)
{
    HeaderList headers;
    for (const auto& pair : pairs.toArray())
        headers.append(bytes(pair.toArray().at(0)), normalizedHeaderValue(bytes(pair.toArray().at(1))));
    return headers;
}

ScriptedAnswer scriptedAnswer(const QJsonObject& object)
{
    return {object.value(QLatin1String("status")).toInt(200), bytes(object.value(QLatin1String("reason"))),
            headerList(object.value(QLatin1String("headers"))), object.value(QLatin1String("body")).toString().toUtf8(),
            bytes(object.value(QLatin1String("behaviour"))), object.value(QLatin1String("delayMs")).toInt()};
}

std::vector<ScriptedAnswer> scriptedAnswers(const QJsonValue& value)
{
    std::vector<ScriptedAnswer> answers;
    if (value.isObject())
        answers.push_back(scriptedAnswer(value.toObject()));
    for (const auto& answer : value.toArray())
        answers.push_back(scriptedAnswer(answer.toObject()));
    return answers;
}

const Observation& RecordedCase::of(const QByteArray& engine) const
{
    return engines[engine == "firefox" ? 1 : engine == "webkit" ? 2 : 0];
}

std::vector<ScriptedAnswer> RecordedCase::answers(const char* kind) const
{
    std::vector<ScriptedAnswer> all;
    for (const auto& route : server)
        for (auto& answer : scriptedAnswers(route.toObject().value(QLatin1String(kind))))
            all.push_back(std::move(answer));
    return all;
}

bool RecordedCase::breaks() const
{
    for (const char* kind : {"preflight", "actual"})
        for (const auto& answer : answers(kind))
            if (!answer.behaviour.isEmpty())
                return true;
    return false;
}

void dropRetries(std::vector<WireRequest>& wire)
{
    const auto same = [](const WireRequest& a, const WireRequest& b) {
        return a.method == b.method && a.address == b.address && a.headers == b.headers;
    };
    wire.erase(std::unique(wire.begin(), wire.end(), same), wire.end());
}

namespace {

// What an XMLHttpRequest saw, in the words of fetch(); it learns no type, and nothing of redirects.
SeenOutcome seenByXhr(const QJsonObject& object)
{
    const auto result = bytes(object.value(QLatin1String("result")));
    if (result != "load")
        return {result == "timeout" ? QByteArray("timeout") : QByteArray("rejected"), {}, 0, {}, false, {}};
    HeaderList headers;
    for (const auto& line : bytes(object.value(QLatin1String("allHeaders"))).split('\n'))
        if (const auto colon = line.indexOf(':'); colon > 0)
            headers.append(line.left(colon), normalizedHeaderValue(line.mid(colon + 1).trimmed()));
    return {"resolved", {}, object.value(QLatin1String("status")).toInt(),
            object.value(QLatin1String("responseURL")).toString().toUtf8(), false, headers.sortedAndCombined()};
}

SeenOutcome seenOutcome(const QJsonObject& object)
{
    if (object.value(QLatin1String("op")) == QLatin1String("xhr"))
        return seenByXhr(object);
    const auto response = object.value(QLatin1String("response")).toObject();
    return {bytes(object.value(QLatin1String("result"))), bytes(response.value(QLatin1String("type"))),
            response.value(QLatin1String("status")).toInt(), response.value(QLatin1String("url")).toString().toUtf8(),
            response.value(QLatin1String("redirected")).toBool(),
            headerList(response.value(QLatin1String("headers"))).sortedAndCombined()};
}

WireRequest wireRequest(const QJsonObject& object)
{
    return {bytes(object.value(QLatin1String("method"))),
            bytes(object.value(QLatin1String("scheme"))) + "://:"
                + QByteArray::number(object.value(QLatin1String("port")).toInt())
                + bytes(object.value(QLatin1String("target"))),
            headerList(object.value(QLatin1String("headers")))};
}

Observation observation(const QJsonObject& object)
{
    Observation seen;
    for (const auto& value : object.value(QLatin1String("outcomes")).toArray()) {
        const auto outcome = value.toObject();
        if (outcome.contains(QLatin1String("outcomes"))) // of several at the same time
            for (const auto& each : outcome.value(QLatin1String("outcomes")).toArray())
                seen.outcomes.push_back(seenOutcome(each.toObject()));
        else
            seen.outcomes.push_back(seenOutcome(outcome));
    }
    for (const auto& request : object.value(QLatin1String("wire")).toArray())
        seen.wire.push_back(wireRequest(request.toObject()));
    for (const auto& line : object.value(QLatin1String("console")).toArray())
        seen.console.append(line.toString());
    for (const auto& field : object.value(QLatin1String("unstable")).toArray())
        seen.unstable.append(field.toString());
    return seen;
}

RecordedCase recordedCase(const QJsonObject& object)
{
    RecordedCase recorded;
    recorded.id = bytes(object.value(QLatin1String("id")));
    recorded.category = bytes(object.value(QLatin1String("category")));
    recorded.title = object.value(QLatin1String("title")).toString().toUtf8();
    recorded.launch = bytes(object.value(QLatin1String("launch")));
    recorded.pageUrl = object.value(QLatin1String("page")).toObject().value(QLatin1String("url")).toString().toUtf8();
    recorded.steps = object.value(QLatin1String("steps")).toArray();
    recorded.server = object.value(QLatin1String("server")).toObject();
    for (int i = 0; i < 3; ++i) {
        // Where two engines did the very same, a compact file names the one that is written out.
        auto engine = object.value(QLatin1String(engineNames[i])).toObject();
        for (const char* field : {"outcomes", "wire"})
            if (const auto value = engine.value(QLatin1String(field)); value.isString())
                engine.insert(QLatin1String(field), object.value(value.toString()).toObject().value(QLatin1String(field)));
        recorded.engines[i] = observation(engine);
    }
    if (recorded.breaks())
        for (auto& engine : recorded.engines)
            dropRetries(engine.wire);
    return recorded;
}

} // namespace

Result<std::vector<RecordedCase>> readRecordings(const QString& folder)
{
    std::vector<RecordedCase> cases;
    const QDir directory(folder);
    for (const auto& name : directory.entryList({QStringLiteral("*.jsonl")}, QDir::Files, QDir::Name)) {
        QFile file(directory.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            return InputError{file.fileName(), QStringLiteral("a readable file"), file.errorString()};
        for (int number = 1; !file.atEnd(); ++number) {
            const auto line = file.readLine();
            if (line.trimmed().isEmpty())
                continue;
            QJsonParseError error;
            const auto document = QJsonDocument::fromJson(line, &error);
            if (!document.isObject())
                return InputError{QStringLiteral("%1:%2").arg(file.fileName()).arg(number),
                                  QStringLiteral("one JSON object"), error.errorString()};
            cases.push_back(recordedCase(document.object()));
        }
    }
    if (cases.empty())
        return InputError{folder, QStringLiteral("a folder with recordings (*.jsonl)"), QString()};
    return cases;
}

} // namespace corscope::oracles::browsers
