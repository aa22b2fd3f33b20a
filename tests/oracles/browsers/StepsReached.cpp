#include "tests/oracles/browsers/StepsReached.h"

#include "tests/oracles/browsers/Replay.h"

#include <QFile>
#include <QJsonDocument>
#include <QMap>
#include <QSet>

namespace corscope::oracles::browsers {

int unreachedSteps(const std::vector<RecordedCase>& cases, QTextStream& out)
{
    QMap<QString, QSet<QString>> reached;
    for (const auto& name : Profile::names()) {
        const auto profile = Profile::named(name);
        for (const auto& recorded : cases) {
            Recorder recorder;
            replay(recorded, profile, recorder);
            for (const auto& step : recorder.take().steps)
                reached[QString::fromUtf8(step->at.algorithm.id())].insert(QString::fromUtf8(step->at.step));
        }
    }

    QFile file(QStringLiteral(":/spec/steps.json"));
    if (!file.open(QIODevice::ReadOnly))
        return 1;
    int wrong = 0;
    int all = 0;
    int excused = 0;
    const auto algorithms = QJsonDocument::fromJson(file.readAll()).object().value(QLatin1String("algorithms")).toObject();
    for (auto algorithm = algorithms.begin(); algorithm != algorithms.end(); ++algorithm) {
        const auto steps = algorithm.value().toObject().value(QLatin1String("steps")).toObject();
        for (auto step = steps.begin(); step != steps.end(); ++step) {
            const auto excuse = step.value().toObject().value(QLatin1String("unreached")).toString();
            const bool isReached = reached.value(algorithm.key()).contains(step.key());
            ++all;
            excused += !excuse.isEmpty();
            if (isReached == excuse.isEmpty())
                continue;
            ++wrong;
            out << algorithm.key() << ' ' << step.key()
                << (isReached ? QStringLiteral(" is reached, though the catalogue says it is not: %1").arg(excuse)
                              : QStringLiteral(" is reached by no case"))
                << '\n';
        }
    }
    out << all << " steps, " << all - excused - wrong << " reached, " << excused << " with a reason why no case reaches them\n";
    return wrong;
}

} // namespace corscope::oracles::browsers
