#include "ui/library/ScenarioCards.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>

namespace corscope::scenariocards {

static QString tr(const char* text)
{
    return QCoreApplication::translate("ScenarioCards", text);
}

/// Topics that are not the name of a framework: the library's own words.
static const QStringList& ownTopics()
{
    static const QStringList words{
        QStringLiteral("preflight"), QStringLiteral("credentials"), QStringLiteral("origin"), QStringLiteral("headers"),
        QStringLiteral("methods"), QStringLiteral("caching"), QStringLiteral("redirects"), QStringLiteral("order of stages"),
        QStringLiteral("errors"), QStringLiteral("proxies"), QStringLiteral("security"), QStringLiteral("mixed content"),
        QStringLiteral("private network"), QStringLiteral("not CORS")};
    return words;
}

static QString symptomOf(const Scenario& scenario)
{
    bool allowed = false;
    for (const auto& expectation : scenario.expectations) {
        if (expectation.blockedWhy) {
            auto words = QString::fromUtf8(*expectation.blockedWhy).replace(u'-', u' ');
            if (!words.isEmpty())
                words[0] = words[0].toUpper();
            return words;
        }
        allowed = allowed || expectation.allowed.value_or(false);
    }
    return allowed ? tr("Nothing is refused") : QString();
}

static ScenarioCard cardOf(const scenariofile::LibraryEntry& entry, const Scenario& scenario)
{
    ScenarioCard card{entry.id, entry.path, scenario.title.isEmpty() ? entry.id : scenario.title, scenario.story,
                      scenario.source, {}, {}, symptomOf(scenario)};
    for (const auto& topic : scenario.topics)
        (ownTopics().contains(topic) ? card.topics : card.frameworks).append(topic);
    return card;
}

std::vector<ScenarioCard> read(const QList<scenariofile::LibraryEntry>& entries)
{
    std::vector<ScenarioCard> cards;
    for (const auto& entry : entries)
        if (const auto scenario = scenariofile::load(entry.path))
            cards.push_back(cardOf(entry, *scenario));
    return cards;
}

QList<scenariofile::LibraryEntry> templates()
{
    QList<scenariofile::LibraryEntry> result;
    QFile index(QStringLiteral(":/templates/index.json"));
    if (!index.open(QIODevice::ReadOnly))
        return result;
    for (const auto& id : QJsonDocument::fromJson(index.readAll()).array())
        result.append({id.toString(), QStringLiteral(":/templates/%1.corscope").arg(id.toString())});
    return result;
}

static QStringList wordsOf(const QString& text)
{
    static const QRegularExpression between(QStringLiteral("[^\\w*.+#]+"), QRegularExpression::UseUnicodePropertiesOption);
    auto words = text.toLower().split(between, Qt::SkipEmptyParts);
    for (auto& word : words)
        while (word.size() > 1 && word.endsWith(u'.'))
            word.chop(1);
    return words;
}

/// Forms of one word are one word to who searches: answers, answered.
static QString stem(const QString& word)
{
    for (const auto* ending : {"ing", "ed", "es", "s"})
        if (word.size() > 4 && word.endsWith(QLatin1String(ending)))
            return word.chopped(qsizetype(qstrlen(ending)));
    return word;
}

/// How well a word is met: in the title counts most; -1 where it is nowhere.
static int worth(const ScenarioCard& card, const QString& word)
{
    const auto begins = [word = stem(word)](const QString& text) {
        const auto words = wordsOf(text);
        return std::any_of(words.begin(), words.end(), [&](const QString& each) { return each.startsWith(word); });
    };
    if (begins(card.title))
        return 4;
    if (begins(card.frameworks.join(u' ')) || begins(card.symptom) || begins(card.topics.join(u' ')))
        return 3;
    if (begins(card.story) || begins(card.id))
        return 1;
    return -1;
}

Found search(const std::vector<ScenarioCard>& cards, const Filter& filter)
{
    struct Hit { int card; int met; int worth; };
    std::vector<Hit> hits;
    const auto words = wordsOf(filter.words);
    int most = 0;
    for (int i = 0; i < int(cards.size()); ++i) {
        const auto& card = cards[size_t(i)];
        if ((!filter.topic.isEmpty() && !card.topics.contains(filter.topic))
            || (!filter.framework.isEmpty() && !card.frameworks.contains(filter.framework))
            || (!filter.symptom.isEmpty() && card.symptom != filter.symptom))
            continue;
        Hit hit{i, 0, 0};
        for (const auto& word : words)
            if (const int here = worth(card, word); here > 0) {
                ++hit.met;
                hit.worth += here;
            }
        most = std::max(most, hit.met);
        hits.push_back(hit);
    }
    Found found;
    found.everyWord = words.isEmpty() || most == words.size();
    std::erase_if(hits, [&](const Hit& hit) { return !words.isEmpty() && (most == 0 || hit.met < most); });
    std::stable_sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) { return a.worth > b.worth; });
    for (const auto& hit : hits)
        found.cards.push_back(hit.card);
    return found;
}

} // namespace corscope::scenariocards
