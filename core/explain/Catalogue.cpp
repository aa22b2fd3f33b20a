#include "core/explain/Catalogue.h"

#include "core/backend/FrameworkDescription.h"
#include "core/fetch/Profile.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

namespace corscope {

static QJsonObject readObject(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.readAll()).object();
}

static QString text(const QJsonObject& object, const char* key)
{
    return object.value(QLatin1String(key)).toString();
}

static QHash<QByteArray, Catalogue::Rule> rulesOf(const QJsonObject& steps)
{
    QHash<QByteArray, Catalogue::Rule> rules;
    for (auto it = steps.begin(); it != steps.end(); ++it) {
        const auto step = it.value().toObject();
        rules.insert(it.key().toUtf8(), {text(step, "text"), text(step, "title"), text(step, "yes"), text(step, "no")});
    }
    return rules;
}

Catalogue::Catalogue()
{
    const auto spec = readObject(QStringLiteral(":/spec/steps.json"));
    m_commit = text(spec, "commit").toUtf8();
    const auto algorithms = spec.value(QLatin1String("algorithms")).toObject();
    for (auto it = algorithms.begin(); it != algorithms.end(); ++it) {
        const auto entry = it.value().toObject();
        const auto anchor = text(entry, "anchor");
        const auto address = entry.contains(QLatin1String("address")) ? text(entry, "address") : text(spec, "address");
        Chapter chapter{text(entry, "title"), {}, text(entry, "section"), {},
                        rulesOf(entry.value(QLatin1String("steps")).toObject())};
        if (!anchor.isEmpty()) {
            chapter.standard = entry.contains(QLatin1String("standard")) ? text(entry, "standard") : text(spec, "standard");
            chapter.url = address + anchor;
        }
        m_chapters.insert(it.key().toUtf8(), chapter);
    }

    Chapter profile{QCoreApplication::translate("explain", "Browser's own way"), {}, {}, {}, {}};
    for (const auto& difference : profileDifferences())
        profile.rules.insert(difference.id, {difference.sentence, difference.title,
                                             QCoreApplication::translate("explain", "This browser does so."),
                                             QCoreApplication::translate("explain", "By the standard it would not.")});
    m_chapters.insert(Algorithm::BrowserProfile.id().toByteArray(), profile);

    for (const auto& description : frameworkDescriptions()) {
        Chapter chapter{description.stageTitle, {}, {}, {}, {}};
        for (const auto& rule : description.rules)
            chapter.rules.insert(rule.number, {rule.text, {}, rule.yes, rule.no});
        m_chapters.insert(description.algorithm, chapter);
    }
}

const Catalogue& Catalogue::instance()
{
    static const Catalogue catalogue;
    return catalogue;
}

const Catalogue::Chapter* Catalogue::chapter(Algorithm algorithm) const
{
    const auto it = m_chapters.constFind(algorithm.id().toByteArray());
    return it == m_chapters.constEnd() ? nullptr : &*it;
}

const Catalogue::Rule* Catalogue::rule(const Place& place) const
{
    const auto* found = chapter(place.algorithm);
    if (!found)
        return nullptr;
    const auto it = found->rules.constFind(place.step.toByteArray());
    return it == found->rules.constEnd() ? nullptr : &*it;
}

} // namespace corscope
