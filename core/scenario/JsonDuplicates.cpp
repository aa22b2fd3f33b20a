#include "core/scenario/JsonDuplicates.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QStringList>
#include <vector>

namespace corscope {

namespace {

/// An object or array that is open, and what its members are called.
struct Level
{
    bool object = false;
    QString path;
    QStringList keys;
    int index = 0;           ///< of an array: the item it is at
    bool expectsKey = false; ///< of an object
};

qsizetype endOfString(const QByteArray& json, qsizetype begin)
{
    auto i = begin + 1;
    while (i < json.size() && json[i] != '"')
        i += json[i] == '\\' ? 2 : 1;
    return i + 1;
}

QString decoded(const QByteArray& quoted)
{
    return QJsonDocument::fromJson(QByteArray('[' + quoted + ']')).array().at(0).toString();
}

QString pathOfMember(const Level& level)
{
    if (!level.object)
        return level.path + QStringLiteral("[%1]").arg(level.index);
    const auto key = level.keys.isEmpty() ? QString() : level.keys.last();
    return level.path.isEmpty() ? key : QString(level.path + QLatin1Char('.') + key);
}

} // namespace

std::optional<DuplicateKey> findDuplicateKey(const QByteArray& json)
{
    std::vector<Level> levels;
    for (qsizetype i = 0; i < json.size(); ++i) {
        switch (json[i]) {
        case '{':
        case '[': {
            const auto path = levels.empty() ? QString() : pathOfMember(levels.back());
            levels.push_back({json[i] == '{', path, {}, 0, json[i] == '{'});
            break;
        }
        case '}':
        case ']':
            if (!levels.empty())
                levels.pop_back();
            break;
        case ',':
            if (!levels.empty()) {
                ++levels.back().index;
                levels.back().expectsKey = levels.back().object;
            }
            break;
        case '"': {
            const auto end = endOfString(json, i);
            if (!levels.empty() && levels.back().expectsKey) {
                auto& level = levels.back();
                const auto key = decoded(json.mid(i, end - i));
                const bool again = level.keys.contains(key);
                level.keys.append(key);
                level.expectsKey = false;
                if (again)
                    return DuplicateKey{pathOfMember(level), i};
            }
            i = end - 1;
            break;
        }
        default:
            break;
        }
    }
    return std::nullopt;
}

} // namespace corscope
