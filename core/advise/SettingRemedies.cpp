#include "core/advise/OptionList.h"
#include "core/advise/Remedies.h"

#include "core/backend/FrameworkDescription.h"
#include "core/url/Url.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace corscope::advise {

static QString tr(const char* text) { return QCoreApplication::translate("SettingRemedies", text); }

namespace {

/// One middleware of one server, its settings by the parts they play.
class Middleware
{
public:
    Middleware(const Situation& at, int stage, const FrameworkDescription& description)
        : m_at(at), m_place(at.state, at.server, stage), m_description(description),
          m_config(at.serverConfig().pipeline[size_t(stage)])
    {}

    const OptionDescription* option(OptionRole role) const { return m_description.option(role, m_config.version); }
    QJsonValue value(const OptionDescription& option) const { return settingOf(option, m_config.settings); }

    Remedy setting(const OptionDescription& option, const QJsonValue& value, int cost, const QString& title) const
    {
        return {title, cost, Who::Server, [place = m_place, name = QString::fromUtf8(option.name), value](Scenario& s) {
                    if (auto* stage = place.in(s))
                        stage->settings.insert(name, value);
                }};
    }

    /// Puts the name on the list that the option is by then: remedies for several names follow one another.
    Remedy listing(const OptionDescription& option, const QString& name, int cost) const
    {
        return {tr("Add %1 to %2").arg(name, QString::fromUtf8(option.name)), cost, Who::Server,
                [place = m_place, &option, name](Scenario& s) {
                    if (auto* stage = place.in(s))
                        stage->settings.insert(QString::fromUtf8(option.name),
                                               OptionList(option, settingOf(option, stage->settings)).with(name));
                }};
    }

    /// The ways to let exactly this origin in; an empty bundle where nothing is to be changed.
    std::vector<Bundle> origins() const;
    Bundle methodsAndHeaders() const;
    Bundle credentials() const;
    /// Settings that stand in the way of a list.
    Bundle makingWay() const;
    std::vector<Bundle> paths() const;
    std::optional<Bundle> everyone() const;

private:
    const Situation& m_at;
    StagePlace m_place;
    const FrameworkDescription& m_description;
    const StageConfig& m_config;
};

/// Whether somebody who wrote this meant that origin: a slash or a path too many, a port that goes without saying,
/// capitals, blanks.
bool isMeantFor(const QString& written, const QByteArray& origin)
{
    const auto text = written.trimmed().toUtf8();
    if (text == "*" || text == origin)
        return false;
    const auto url = Url::parse(text);
    return url.ok() && url->hasHttpScheme() && url->origin().serialized() == origin;
}

std::vector<Bundle> Middleware::origins() const
{
    const auto* several = this->option(OptionRole::Origins);
    const auto* option = several ? several : this->option(OptionRole::OneOrigin);
    if (!option)
        return {{}};
    const auto current = value(*option);
    const OptionList list(*option, current);
    const auto name = QString::fromUtf8(option->name);
    const auto origin = QString::fromUtf8(m_at.origin);
    std::vector<Bundle> ways;
    for (const auto& written : list.names())
        if (isMeantFor(written, m_at.origin)) {
            auto remedy = setting(*option, list.replacing(written, origin), cost::correct,
                                  tr("Write %1 instead of %2 in %3").arg(origin, written, name));
            remedy.note =
                tr("An origin is scheme, host and port, as the browser writes it: no slash, no path, no capitals.");
            ways.push_back({remedy});
        }
    if (list.contains(origin) && !list.isText())
        ways.push_back({});
    else if (list.isText() && !list.isWild() && list.names().size() > 1 && list.contains(origin)) {
        auto remedy = setting(*option, list.holding(list.names()), cost::correct, tr("Write %1 as a list").arg(name));
        remedy.note = tr("One text is taken as one value, and a header with two origins fits none.");
        ways.push_back({remedy});
    }
    if (several && !list.contains(origin) && !list.isWild())
        ways.push_back({listing(*option, origin, cost::reorder)});
    // Where everyone is let in, naming one is less.
    auto only = setting(
        *option, list.holding({origin}), cost::reorder + (list.isWild() || list.names().isEmpty() ? 0 : 1),
        list.isWild() ? tr("Write %1 instead of * in %2").arg(origin, name) : tr("Set %1 to %2").arg(name, origin));
    if (list.isWild()) {
        only.note = tr("\"*\" is for answers that everyone may read without credentials.");
        auto others = list.names();
        others.removeAll(QStringLiteral("*"));
        if (!others.isEmpty()) {
            others.removeAll(origin);
            auto without = setting(*option, list.holding(others << origin), cost::reorder,
                                   tr("Write %1 instead of * in %2").arg(origin, name));
            ways.push_back({without});
        }
    }
    // Whoever is named there already shall stay.
    if (list.isWild() || list.names().isEmpty() || list.isText() || !several) {
        if (!several && !list.isWild() && !list.names().isEmpty())
            only.note = tr("There is room for one origin only: who is named so far is let out.");
        if (list.names() != QStringList{origin} || list.isText() != (option->type == OptionDescription::Type::String))
            ways.push_back({only});
    }
    return ways;
}

Bundle Middleware::methodsAndHeaders() const
{
    Bundle bundle;
    if (const auto* option = this->option(OptionRole::Methods)) {
        const OptionList list(*option, value(*option));
        auto method = QString::fromUtf8(m_at.method);
        const auto& names = list.names();
        const bool lower = !names.isEmpty()
            && std::all_of(names.begin(), names.end(), [](const QString& n) { return n == n.toLower(); })
            && names != QStringList{QStringLiteral("*")};
        if (lower) // some frameworks compare with what their users write in small letters
            method = method.toLower();
        if (!list.contains(method))
            bundle.push_back(listing(*option, method, cost::grant));
    }
    if (const auto* option = this->option(OptionRole::RequestHeaders)) {
        const OptionList list(*option, value(*option));
        for (const auto& header : m_at.headers)
            if (!list.contains(QString::fromUtf8(header), Qt::CaseInsensitive))
                bundle.push_back(listing(*option, QString::fromUtf8(header), cost::grant));
    }
    return bundle;
}

Bundle Middleware::credentials() const
{
    const auto* option = this->option(OptionRole::Credentials);
    if (!option || !m_at.credentialed)
        return {};
    const auto name = QString::fromUtf8(option->name);
    const auto note = tr("Answers to requests with cookies are withheld unless the server says that it means them.");
    const auto current = value(*option);
    if (option->type == OptionDescription::Type::StringList) {
        const auto origin = QString::fromUtf8(m_at.origin);
        if (OptionList(*option, current).contains(origin))
            return {};
        auto remedy = listing(*option, origin, cost::credentials);
        remedy.note = note;
        return {remedy};
    }
    if (current == QJsonValue(true))
        return {};
    auto remedy = setting(*option, true, cost::credentials, tr("Set %1 to true").arg(name));
    remedy.note = note;
    return {remedy};
}

Bundle Middleware::makingWay() const
{
    Bundle bundle;
    const auto off = [&](const OptionDescription& option, const QJsonValue& value, int cost) {
        bundle.push_back(setting(option, value, cost,
                                 tr("Set %1 to %2")
                                     .arg(QString::fromUtf8(option.name),
                                          value.isNull()         ? QStringLiteral("null")
                                              : value.isString() ? value.toString()
                                              : value.toBool()   ? QStringLiteral("true")
                                                                 : QStringLiteral("false"))));
    };
    for (const auto& option : m_description.options) {
        if (!m_description.knows(option, m_config.version))
            continue;
        const auto current = value(option);
        switch (option.role) {
        case OptionRole::AnyOrigin:
        case OptionRole::LiteralWildcard:
            if (current != QJsonValue(false))
                off(option, false, cost::correct);
            break;
        case OptionRole::OneOrigin:
            if (this->option(OptionRole::Origins) && current != option.defaultValue)
                off(option, option.defaultValue, cost::grant);
            break;
        case OptionRole::PreflightAnswer:
            if (current == QJsonValue(false) && m_at.preflighted)
                off(option, true, cost::reorder);
            break;
        case OptionRole::PreflightPassthrough:
            if (current != QJsonValue(false))
                off(option, false, cost::reorder);
            break;
        case OptionRole::OriginFunction:
            if (!option.choices.isEmpty() && current.toString() != option.choices.first())
                off(option, option.choices.first(), cost::grant);
            break;
        case OptionRole::InsecureOrigins:
            if (current != QJsonValue(true) && m_at.credentialed && m_at.origin.startsWith("http:"))
                off(option, true, cost::relax);
            break;
        default: break;
        }
    }
    return bundle;
}

std::vector<Bundle> Middleware::paths() const
{
    const auto* option = this->option(OptionRole::Paths);
    const auto url = Url::parse(m_at.url);
    if (!option || !url.ok())
        return {};
    const auto name = QString::fromUtf8(option->name);
    const auto current = value(*option);
    const auto path = QString::fromUtf8(url->path());
    const auto note = tr("The middleware does nothing on paths that it does not cover.");
    std::vector<Bundle> ways;
    const auto way = [&](const QJsonValue& value, int cost, const QString& title) {
        auto remedy = setting(*option, value, cost, title);
        remedy.note = note;
        ways.push_back({remedy});
    };
    const auto covering = [&](const QString& path) { return tr("Cover %1 in %2").arg(path, name); };
    if (current.isObject() && option->type == OptionDescription::Type::PathMap) {
        // Options of a path of its own: this origin, there alone.
        const auto* origins = this->option(OptionRole::Origins);
        auto map = current.toObject();
        map.insert(path,
                   origins ? QJsonObject{{QString::fromUtf8(origins->name), QJsonArray{QString::fromUtf8(m_at.origin)}}}
                           : QJsonObject());
        way(map, cost::reorder, covering(path));
    } else if (option->type != OptionDescription::Type::Regex) {
        const OptionList list(*option, current);
        for (const auto& spelling : {path, path.mid(1)})
            if (!spelling.isEmpty() && !list.contains(spelling))
                way(list.with(spelling), cost::grant, covering(spelling));
    }
    if (current != option->defaultValue) {
        auto remedy = setting(*option, option->defaultValue, cost::credentials, tr("Leave %1 out").arg(name));
        remedy.apply = [place = m_place, name](Scenario& s) {
            if (auto* stage = place.in(s))
                stage->settings.remove(name);
        };
        remedy.note = note;
        ways.push_back({remedy});
    }
    return ways;
}

std::optional<Bundle> Middleware::everyone() const
{
    const auto* several = option(OptionRole::Origins);
    const auto* origins = several ? several : option(OptionRole::OneOrigin);
    const auto* any = option(OptionRole::AnyOrigin);
    Bundle bundle;
    if (any) {
        if (origins && value(*origins) != origins->defaultValue)
            bundle.push_back(setting(*origins, origins->defaultValue, 0,
                                     tr("Leave %1 empty").arg(QString::fromUtf8(origins->name))));
        bundle.push_back(
            setting(*any, true, cost::everyone, tr("Let every page in with %1").arg(QString::fromUtf8(any->name))));
    } else if (origins) {
        const OptionList list(*origins, value(*origins));
        if (list.isWild())
            return std::nullopt;
        bundle.push_back(setting(*origins, list.holding({QStringLiteral("*")}), cost::everyone,
                                 tr("Let every page in: set %1 to *").arg(QString::fromUtf8(origins->name))));
    } else {
        return std::nullopt;
    }
    return bundle;
}

Bundle joined(Bundle bundle, const Bundle& more)
{
    bundle.insert(bundle.end(), more.begin(), more.end());
    return bundle;
}

} // namespace

std::vector<Bundle> settingRemedies(const Situation& at, int stage)
{
    const auto& config = at.serverConfig().pipeline[size_t(stage)];
    const auto* description = findFrameworkDescription(config.framework);
    if (!description)
        return {};
    const Middleware middleware(at, stage, *description);
    const auto needed = joined(middleware.methodsAndHeaders(), middleware.credentials());
    const auto way = middleware.makingWay();
    std::vector<Bundle> bundles;
    for (const auto& origin : middleware.origins()) {
        const auto exact = joined(origin, needed);
        if (!exact.empty())
            bundles.push_back(exact);
        if (!way.empty())
            bundles.push_back(joined(exact, way));
        for (const auto& path : middleware.paths())
            bundles.push_back(joined(joined(path, exact), way));
    }
    if (const auto everyone = middleware.everyone())
        bundles.push_back(joined(*everyone, needed));
    return bundles;
}

} // namespace corscope::advise
