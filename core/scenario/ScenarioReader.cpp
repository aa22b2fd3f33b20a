#include "core/scenario/ScenarioReader.h"

#include "core/base/Ascii.h"
#include "core/http/CookieJar.h"
#include "core/scenario/ScenarioWords.h"
#include "core/url/Url.h"

#include <QCoreApplication>
#include <algorithm>

namespace corscope {

using namespace scenariowords;

static QString tr(const char* text)
{
    return QCoreApplication::translate("ScenarioReader", text);
}

/// Reads an origin into the scheme, host and port of a page or server.
template<typename Config>
static void readOrigin(const JsonField& field, Config& config)
{
    const auto expected = tr("an origin such as \"http://localhost:8000\"");
    const auto text = field.utf8(expected);
    const auto url = Url::parse(text);
    if (!url.ok() || !url->hasHttpScheme() || url->host().isEmpty() || url->includesCredentials()) {
        field.fail(expected);
        return;
    }
    const auto origin = url->origin().serialized();
    if (origin != text)
        field.fail(tr("an origin as a browser writes it, \"%1\"").arg(QString::fromUtf8(origin)));
    config.scheme = url->scheme();
    config.host = url->host();
    config.port = url->portOrDefault();
}

static QByteArray readId(const JsonField& field)
{
    const auto id = field.utf8();
    const auto plain = [](char c) { return ascii::isAlphanumeric(c) || c == '-' || c == '_' || c == '.'; };
    if (id.isEmpty() || !std::all_of(id.begin(), id.end(), plain))
        field.fail(tr("an id of letters, digits, \"-\", \"_\" and \".\""));
    return id;
}

static QByteArray readPath(const JsonField& field)
{
    const auto path = field.utf8();
    if (path != "*" && !path.startsWith('/'))
        field.fail(tr("a path that begins with \"/\""));
    return path;
}

static QByteArray readMethod(const JsonField& field)
{
    const auto method = field.utf8();
    if (!ascii::isToken(method))
        field.fail(tr("a method such as \"GET\""));
    return method;
}

/// The values of a header that may be there several times.
static QList<QByteArray> readHeaderValues(const JsonField& field)
{
    QList<QByteArray> values;
    if (!field.exists())
        return values;
    for (const auto& item : field.items()) {
        values.append(item.isomorphic());
        if (!isHeaderValue(values.last()))
            item.fail(tr("a header value, without line breaks and without blanks around it"));
    }
    return values;
}

static PageConfig readPage(const JsonField& field)
{
    const JsonObjectField object(field, words({"id", "origin", "path", "context", "embeddedIn", "referrerPolicy",
                                               "embedderPolicy", "contentSecurityPolicy", "contentSecurityPolicyReportOnly",
                                               "addressSpace", "localNetworkAccess"}));
    PageConfig page;
    page.id = readId(object.required("id"));
    const auto origin = object.required("origin");
    if (origin.value().isObject()) {
        const JsonObjectField opaque(origin, words({"opaque", "at"}));
        page.originKind = PageConfig::OriginKind(opaque.required("opaque").oneOf(opaqueKinds()) + 1);
        if (const auto at = opaque["at"]; at.exists())
            readOrigin(at, page);
    } else {
        readOrigin(origin, page);
    }
    if (const auto path = object["path"]; path.exists())
        page.path = readPath(path);
    if (const auto context = object["context"]; context.exists())
        page.context = PageConfig::Context(context.oneOf(contexts()));
    if (const auto embeddedIn = object["embeddedIn"]; embeddedIn.exists()) {
        PageConfig top;
        readOrigin(embeddedIn, top);
        page.embeddedIn = top.origin();
    }
    page.referrerPolicy = readWord(object["referrerPolicy"], page.referrerPolicy, referrerPolicies());
    page.embedderPolicy = readWord(object["embedderPolicy"], page.embedderPolicy, embedderPolicies());
    page.contentSecurityPolicy = readHeaderValues(object["contentSecurityPolicy"]);
    page.contentSecurityPolicyReportOnly = readHeaderValues(object["contentSecurityPolicyReportOnly"]);
    page.addressSpace = readWord(object["addressSpace"], page.addressSpace, addressSpaces());
    page.localNetworkAccess = readWord(object["localNetworkAccess"], page.localNetworkAccess, permissions());
    return page;
}

static StageConfig readStage(const JsonField& field)
{
    const JsonObjectField object(field, words({"kind", "framework", "version", "enabled", "settings"}));
    StageConfig stage;
    stage.kind = readId(object.required("kind"));
    if (const auto framework = object["framework"]; framework.exists())
        stage.framework = readId(framework);
    if (const auto version = object["version"]; version.exists())
        stage.version = version.utf8();
    if (const auto enabled = object["enabled"]; enabled.exists())
        stage.enabled = enabled.boolean();
    if (const auto settings = object["settings"]; settings.exists()) {
        if (!settings.value().isObject())
            settings.fail(tr("an object of settings"));
        stage.settings = settings.value().toObject();
    }
    return stage;
}

static RouteConfig readRoute(const JsonField& field)
{
    const JsonObjectField object(field, words({"method", "path", "status", "headers", "body", "bodyBase64", "effect",
                                               "raises"}));
    RouteConfig route;
    if (const auto method = object["method"]; method.exists())
        route.method = readMethod(method);
    route.path = readPath(object.required("path"));
    if (const auto status = object["status"]; status.exists())
        route.status = int(status.wholeNumber(200, 999));
    if (const auto headers = object["headers"]; headers.exists())
        route.headers = readHeaders(headers);
    route.body = readBody(object).value_or(QByteArray());
    if (const auto effect = object["effect"]; effect.exists())
        route.effect = effect.utf8();
    if (const auto raises = object["raises"]; raises.exists())
        route.raises = raises.boolean();
    return route;
}

static ServerConfig readServer(const JsonField& field)
{
    const JsonObjectField object(field, words({"id", "origin", "addressSpace", "pipeline", "routes"}));
    ServerConfig server;
    server.id = readId(object.required("id"));
    readOrigin(object.required("origin"), server);
    if (const auto space = object["addressSpace"]; space.exists())
        server.addressSpace = AddressSpace(space.oneOf(addressSpaces()));
    if (const auto pipeline = object["pipeline"]; pipeline.exists())
        for (const auto& stage : pipeline.items())
            server.pipeline.push_back(readStage(stage));
    if (const auto routes = object["routes"]; routes.exists())
        for (const auto& route : routes.items())
            server.routes.push_back(readRoute(route));
    return server;
}

QByteArray readWord(const JsonField& field, const QByteArray& standard, const QStringList& words)
{
    return field.exists() ? words.at(field.oneOf(words)).toLatin1() : standard;
}

HeaderList readHeaders(const JsonField& field)
{
    HeaderList headers;
    for (const auto& item : field.items()) {
        const auto pair = item.value().toArray();
        if (pair.size() != 2 || !pair[0].isString() || !pair[1].isString()) {
            item.fail(tr("a header as [name, value]"));
            continue;
        }
        const auto parts = item.items();
        const auto name = parts[0].isomorphic();
        if (!isHeaderName(name))
            parts[0].fail(tr("a header name"));
        const auto value = parts[1].isomorphic();
        if (!isHeaderValue(value))
            parts[1].fail(tr("a header value, without line breaks and without blanks around it"));
        headers.append(name, value);
    }
    return headers;
}

std::optional<QByteArray> readBody(const JsonObjectField& object)
{
    const auto text = object["body"];
    const auto base64 = object["bodyBase64"];
    if (text.exists() && base64.exists())
        base64.fail(tr("either \"body\" or \"bodyBase64\""));
    if (text.exists())
        return text.utf8();
    if (!base64.exists())
        return std::nullopt;
    const auto decoded = QByteArray::fromBase64Encoding(base64.utf8(), QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        base64.fail(tr("base64"));
    return *decoded;
}

static InitialCookie readCookie(const JsonField& field)
{
    const JsonObjectField object(field, words({"url", "set"}));
    InitialCookie cookie;
    const auto address = object.required("url");
    cookie.url = address.utf8();
    const auto url = Url::parse(cookie.url);
    if (!url.ok() || !url->hasHttpScheme()) {
        address.fail(tr("an absolute URL of http or https"));
        return cookie;
    }
    const auto set = object.required("set");
    cookie.setCookie = set.isomorphic();
    CookieJar jar;
    if (!jar.store(cookie.setCookie, CookieRequest{*url}, Clock::start).ok())
        set.fail(tr("a cookie as in Set-Cookie, such as \"sid=1; Secure\", that a browser takes from that address"));
    return cookie;
}

/// The same id, or the same address, twice.
template<typename Config, typename Key>
static void checkUnique(const JsonField& list, const std::vector<Config>& configs, const char* name, Key key)
{
    for (size_t i = 1; i < configs.size(); ++i)
        for (size_t j = 0; j < i; ++j)
            if (key(configs[i]) == key(configs[j]))
                list.reader().fail(
                    QStringLiteral("%1[%2].%3").arg(list.path()).arg(i).arg(QString::fromLatin1(name)),
                    tr("one that is used only once"),
                    tr("\"%1\", as in %2[%3]").arg(QString::fromUtf8(key(configs[i])), list.path()).arg(j));
}

static SpeakerNote readNote(const JsonField& field, int actions)
{
    const JsonObjectField object(field, words({"action", "text"}));
    SpeakerNote note;
    if (const auto action = object["action"]; action.exists()) {
        note.action = int(action.wholeNumber(0, std::max(0, actions - 1)));
        if (actions == 0)
            action.fail(tr("no action, for the scenario has none"));
    }
    note.text = object.required("text").text();
    return note;
}

Scenario readScenario(const QJsonObject& json, JsonReader& reader)
{
    // The version comes first: of a later format, other keys are no surprise.
    const JsonField version(reader, QStringLiteral("corscope"), json.value(QLatin1String("corscope")));
    if (!version.exists())
        reader.fail({}, tr("the key \"corscope\" with the format version %1").arg(formatVersion), tr("no such key"));
    else if (version.value() != QJsonValue(formatVersion))
        version.fail(tr("the format version %1").arg(formatVersion));

    const JsonObjectField object(JsonField(reader, {}, json),
                                 words({"corscope", "title", "story", "source", "topics", "profile", "pages", "servers",
                                        "cookies", "actions", "expectations", "notes"}));
    Scenario scenario;
    if (const auto title = object["title"]; title.exists())
        scenario.title = title.text();
    if (const auto story = object["story"]; story.exists())
        scenario.story = story.text();
    if (const auto source = object["source"]; source.exists())
        scenario.source = source.text();
    if (const auto topics = object["topics"]; topics.exists())
        for (const auto& topic : topics.items())
            scenario.topics.append(topic.text());
    if (const auto profile = object["profile"]; profile.exists())
        scenario.profile = profiles().at(profile.oneOf(profiles())).toUtf8();

    if (const auto pages = object["pages"]; pages.exists()) {
        for (const auto& page : pages.items())
            scenario.pages.push_back(readPage(page));
        checkUnique(pages, scenario.pages, "id", [](const PageConfig& page) { return page.id; });
    }
    if (const auto servers = object["servers"]; servers.exists()) {
        for (const auto& server : servers.items())
            scenario.servers.push_back(readServer(server));
        checkUnique(servers, scenario.servers, "id", [](const ServerConfig& server) { return server.id; });
        checkUnique(servers, scenario.servers, "origin", [](const ServerConfig& server) {
            return Origin::tuple(server.scheme, server.host, server.port).serialized();
        });
    }
    if (const auto cookies = object["cookies"]; cookies.exists())
        for (const auto& cookie : cookies.items())
            scenario.cookies.push_back(readCookie(cookie));
    if (const auto actions = object["actions"]; actions.exists())
        for (const auto& action : actions.items())
            scenario.actions.push_back(readAction(action, scenario.pages));
    if (const auto expectations = object["expectations"]; expectations.exists())
        for (const auto& expectation : expectations.items())
            scenario.expectations.push_back(readExpectation(expectation, scenario.actions));
    if (const auto notes = object["notes"]; notes.exists())
        for (const auto& note : notes.items())
            scenario.notes.push_back(readNote(note, int(scenario.actions.size())));
    return scenario;
}

} // namespace corscope
