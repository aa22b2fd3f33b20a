#include "ui/session/ListPlaces.h"

#include "ui/session/ActionEdits.h"

#include <QRegularExpression>

namespace corscope {

Places inserted(int at)
{
    return [at](int place) { return place < at ? place : place + 1; };
}

Places removed(int at)
{
    return [at](int place) { return place == at ? -1 : place < at ? place : place - 1; };
}

Places moved(int from, int to)
{
    return [from, to](int place) {
        if (place == from)
            return to;
        const int without = place < from ? place : place - 1;
        return without < to ? without : without + 1;
    };
}

void followPaths(Scenario& scenario, const QString& list, const Places& places)
{
    static const QRegularExpression number(QStringLiteral("^(\\d+)\\]"));
    for (int i = int(scenario.actions.size()); i-- > 0;) {
        auto* change = std::get_if<ChangeAction>(&scenario.actions[size_t(i)]);
        if (!change || !change->path.startsWith(list))
            continue;
        const auto rest = change->path.mid(list.size());
        const auto match = number.match(rest);
        if (!match.hasMatch())
            continue;
        const int place = places(match.captured(1).toInt());
        if (place < 0)
            actionedits::removeAction(scenario, i);
        else
            change->path = list + QString::number(place) + rest.mid(match.capturedLength(1));
    }
}

} // namespace corscope
