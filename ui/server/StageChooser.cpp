#include "ui/server/StageChooser.h"

#include "core/backend/FrameworkDescription.h"
#include "core/backend/StageCatalogue.h"
#include "ui/widgets/Field.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QScreen>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace corscope {

namespace {

constexpr int idRole = Qt::UserRole;
constexpr int wordsRole = Qt::UserRole + 1; ///< what a search looks at

QString tr(const char* text)
{
    return QCoreApplication::translate("StageChooser", text);
}

QString languageName(const QByteArray& language)
{
    static const QHash<QByteArray, QString> names{
        {"python", QStringLiteral("Python")}, {"javascript", QStringLiteral("JavaScript")}, {"go", QStringLiteral("Go")},
        {"web.xml", QStringLiteral("Java")},  {"java", QStringLiteral("Java")},             {"ruby", QStringLiteral("Ruby")},
        {"php", QStringLiteral("PHP")},       {"application.properties", QStringLiteral("Java")},       {"csharp", QStringLiteral("C#")},             {"rust", QStringLiteral("Rust")},
        {"typescript", QStringLiteral("TypeScript")}};
    auto name = QString::fromUtf8(language);
    if (!name.isEmpty())
        name[0] = name[0].toUpper();
    return names.value(language, name);
}

/// Heading under which a stage is offered.
QString groupOf(const FrameworkDescription& description)
{
    if (description.kind != "cors")
        return tr("Other stages");
    if (description.code.language.isEmpty())
        return tr("Your own directives");
    return tr("CORS middleware · %1").arg(languageName(description.code.language));
}

} // namespace

StageChooser::StageChooser(Purpose purpose, const QByteArray& current, QWidget* parent)
    : QDialog(parent), m_search(new QLineEdit), m_tree(new QTreeWidget), m_summary(new QLabel)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("stageChooser"));
    setWindowTitle(purpose == Purpose::AddStage ? tr("Add a stage") : tr("Change the framework"));
    const int em = fontMetrics().height();
    m_search->setObjectName(QStringLiteral("stageSearch"));
    m_search->setPlaceholderText(tr("Search: framework, language, what it does"));
    m_search->setAccessibleName(tr("Search the stages"));
    m_search->setClearButtonEnabled(true);
    m_search->installEventFilter(this);
    m_tree->setObjectName(QStringLiteral("stageOffers"));
    m_tree->setAccessibleName(tr("Stages to choose from"));
    m_tree->setHeaderHidden(true);
    m_tree->setRootIsDecorated(false);
    m_tree->setItemsExpandable(false);
    m_tree->setIndentation(em * 2 / 3);
    m_tree->setUniformRowHeights(true);
    m_tree->setTextElideMode(Qt::ElideRight);
    m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_summary->setProperty("role", QStringLiteral("muted"));
    m_summary->setWordWrap(true);
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_summary->setMinimumHeight(fontMetrics().lineSpacing() * 3);
    auto* keys = new QLabel(purpose == Purpose::AddStage ? tr("↑ ↓ choose   Enter adds   Esc closes")
                                                         : tr("↑ ↓ choose   Enter changes   Esc closes"));
    keys->setProperty("role", QStringLiteral("muted"));

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(em / 2, em / 2, em / 2, em / 2);
    column->setSpacing(em / 3);
    column->addWidget(m_search);
    column->addWidget(m_tree, 1);
    column->addWidget(m_summary);
    column->addWidget(keys);
    resize(em * 24, em * 26);

    fill(purpose, current);
    connect(m_search, &QLineEdit::textChanged, this, &StageChooser::filter);
    connect(m_search, &QLineEdit::returnPressed, this, [this] { choose(m_tree->currentItem()); });
    connect(m_tree, &QTreeWidget::itemClicked, this, &StageChooser::choose);
    connect(m_tree, &QTreeWidget::itemActivated, this, &StageChooser::choose);
    connect(m_tree, &QTreeWidget::currentItemChanged, this, &StageChooser::describe);
    describe();
    m_search->setFocus();
}

void StageChooser::fill(Purpose purpose, const QByteArray& current)
{
    QTreeWidgetItem* first = nullptr;
    for (const auto* description : stageDescriptions()) {
        if (purpose == Purpose::ChangeFramework && description->kind != "cors")
            continue;
        const auto title = groupOf(*description);
        QTreeWidgetItem* group = nullptr;
        for (int i = 0; i < m_tree->topLevelItemCount(); ++i)
            if (m_tree->topLevelItem(i)->text(0) == title)
                group = m_tree->topLevelItem(i);
        if (!group) {
            group = new QTreeWidgetItem(m_tree, {title});
            group->setFlags(Qt::ItemIsEnabled);
            group->setForeground(0, palette().brush(QPalette::PlaceholderText));
            group->setExpanded(true);
        }
        auto* item = new QTreeWidgetItem(group, {description->title});
        item->setData(0, idRole, description->id);
        item->setData(0, wordsRole, QStringList{description->title, description->stageTitle, description->summary, title,
                                                QString::fromUtf8(description->id)}.join(u' '));
        item->setToolTip(0, description->summary);
        if (!first || description->id == current)
            first = item;
    }
    // Directives and other stages stand behind the languages, whatever the order of the catalogue.
    for (const auto& last : {tr("Your own directives"), tr("Other stages")})
        for (int i = 0; i < m_tree->topLevelItemCount(); ++i)
            if (m_tree->topLevelItem(i)->text(0) == last) {
                auto* group = m_tree->takeTopLevelItem(i);
                m_tree->addTopLevelItem(group);
                group->setExpanded(true);
                break;
            }
    m_tree->setCurrentItem(current.isEmpty() ? offered().value(0) : first);
}

QList<QTreeWidgetItem*> StageChooser::offered() const
{
    QList<QTreeWidgetItem*> items;
    for (int i = 0; i < m_tree->topLevelItemCount(); ++i)
        for (int j = 0; j < m_tree->topLevelItem(i)->childCount(); ++j)
            if (!m_tree->topLevelItem(i)->child(j)->isHidden())
                items.append(m_tree->topLevelItem(i)->child(j));
    return items;
}

void StageChooser::filter(const QString& text)
{
    const auto words = text.split(u' ', Qt::SkipEmptyParts);
    for (int i = 0; i < m_tree->topLevelItemCount(); ++i) {
        auto* group = m_tree->topLevelItem(i);
        bool any = false;
        for (int j = 0; j < group->childCount(); ++j) {
            const auto about = group->child(j)->data(0, wordsRole).toString();
            bool fits = true;
            for (const auto& word : words)
                fits = fits && about.contains(word, Qt::CaseInsensitive);
            group->child(j)->setHidden(!fits);
            any = any || fits;
        }
        group->setHidden(!any);
    }
    m_tree->setCurrentItem(bestOf(words));
    describe();
}

/// The first whose own name has the words at the beginning of its own; else one whose name has them somewhere; else the
/// first that is offered.
QTreeWidgetItem* StageChooser::bestOf(const QStringList& words) const
{
    const auto items = offered();
    for (const auto* before : {"\\b", ""})
        for (auto* item : items) {
            bool fits = true;
            for (const auto& word : words) {
                const QRegularExpression pattern(QLatin1String(before) + QRegularExpression::escape(word),
                                                 QRegularExpression::CaseInsensitiveOption);
                fits = fits && pattern.match(item->text(0)).hasMatch();
            }
            if (fits)
                return item;
        }
    return items.value(0);
}

void StageChooser::describe()
{
    const auto* item = m_tree->currentItem();
    const auto* description = item ? findFrameworkDescription(item->data(0, idRole).toByteArray()) : nullptr;
    m_summary->setText(description           ? description->summary
                       : offered().isEmpty() ? tr("Nothing is called that. Try a language, or “proxy”.") : QString());
}

void StageChooser::moveBy(int rows)
{
    const auto items = offered();
    if (items.isEmpty())
        return;
    const int at = int(items.indexOf(m_tree->currentItem()));
    m_tree->setCurrentItem(items[qBound(0, at + rows, int(items.size()) - 1)]);
}

void StageChooser::choose(QTreeWidgetItem* item)
{
    const auto id = item ? item->data(0, idRole).toByteArray() : QByteArray();
    if (id.isEmpty() || !isVisible())
        return;
    hide();
    Q_EMIT chosen(id);
    close();
    deleteLater();
}

bool StageChooser::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent*>(event)->key()) {
        case Qt::Key_Down: moveBy(1); return true;
        case Qt::Key_Up: moveBy(-1); return true;
        case Qt::Key_PageDown: moveBy(8); return true;
        case Qt::Key_PageUp: moveBy(-8); return true;
        default: break;
        }
    }
    return QDialog::eventFilter(watched, event);
}

void StageChooser::openAt(QWidget* button)
{
    const auto room = button->screen()->availableGeometry();
    auto corner = button->mapToGlobal(QPoint(button->width() - width(), button->height()));
    corner.setX(qBound(room.left(), corner.x(), qMax(room.left(), room.right() - width())));
    corner.setY(qBound(room.top(), corner.y(), qMax(room.top(), room.bottom() - height())));
    move(corner);
    open();
}

} // namespace corscope
