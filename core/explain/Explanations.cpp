#include "core/explain/Explanations.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace corscope::explain {

namespace {

QJsonObject resource(const char* path)
{
    QFile file(QString::fromLatin1(path));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

const QJsonObject& data()
{
    static const QJsonObject object = resource(":/spec/explanations.json");
    return object;
}

QJsonObject section(const QString& name) { return data().value(name).toObject(); }

Explanation explanation(const QString& id, const QJsonObject& text)
{
    const auto word = [&](const char* key) { return text.value(QLatin1String(key)).toString(); };
    Explanation result;
    result.id = id.toLatin1();
    result.title = word("title");
    result.first = word("first");
    result.more = word("more");
    result.fix = word("fix");
    result.blockedBy = section(QStringLiteral("blockedBy")).value(word("blockedBy")).toString();
    result.fixedBy = section(QStringLiteral("fixedBy")).value(word("fixedBy")).toString();
    result.otherTools = section(QStringLiteral("others")).value(word("others")).toString();
    for (const auto& link : text.value(QLatin1String("misconceptions")).toArray())
        result.misconceptions.append(link.toString().toLatin1());
    return result;
}

template<typename T>
const T* findById(const std::vector<T>& all, QByteArrayView id)
{
    const auto it = std::find_if(all.begin(), all.end(), [&](const T& item) { return item.id == id; });
    return it == all.end() ? nullptr : &*it;
}

} // namespace

const std::vector<Explanation>& explanations()
{
    static const std::vector<Explanation> all = [] {
        std::vector<Explanation> result;
        const auto texts = section(QStringLiteral("texts"));
        for (auto it = texts.begin(); it != texts.end(); ++it)
            result.push_back(explanation(it.key(), it.value().toObject()));
        return result;
    }();
    return all;
}

const std::vector<Misconception>& misconceptions()
{
    static const std::vector<Misconception> all = [] {
        std::vector<Misconception> result;
        const auto entries = resource(":/spec/misconceptions.json").value(QLatin1String("misconceptions")).toArray();
        for (const auto& entry : entries) {
            const auto object = entry.toObject();
            result.push_back({object.value(QLatin1String("id")).toString().toLatin1(),
                              object.value(QLatin1String("number")).toString().toLatin1(),
                              object.value(QLatin1String("belief")).toString(),
                              object.value(QLatin1String("truth")).toString()});
        }
        return result;
    }();
    return all;
}

const Explanation* findExplanation(QByteArrayView id) { return findById(explanations(), id); }

const Misconception* findMisconception(QByteArrayView id) { return findById(misconceptions(), id); }

const Explanation* explanationOfClass(const QByteArray& engine, const QByteArray& code)
{
    return findExplanation(section(QString::fromLatin1(engine)).value(QLatin1String(code)).toString().toLatin1());
}

QList<QByteArray> classesOf(const QByteArray& engine)
{
    QList<QByteArray> result;
    for (const auto& code : section(QString::fromLatin1(engine)).keys())
        result.append(code.toLatin1());
    return result;
}

} // namespace corscope::explain
