#include "ui/library/LibraryDialog.h"

#include "ui/library/TwoLineDelegate.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/FlowLayout.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSplitter>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace corscope {

LibraryDialog::LibraryDialog(Of of, const QString& openId, QWidget* parent)
    : QDialog(parent), m_of(of),
      m_cards(scenariocards::read(of == Of::Library ? scenariofile::library() : scenariocards::templates())),
      m_words(new QLineEdit), m_list(new QListWidget), m_count(new QLabel)
{
    setObjectName(of == Of::Library ? QStringLiteral("library") : QStringLiteral("templates"));
    setWindowTitle(of == Of::Library ? tr("Scenario library") : tr("New from template"));
    const int em = fontMetrics().height();
    m_list->setObjectName(QStringLiteral("libraryList"));
    m_list->setAccessibleName(tr("Scenarios found"));
    m_list->setItemDelegate(new TwoLineDelegate(m_list));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_count->setObjectName(QStringLiteral("libraryCount"));
    m_count->setProperty("role", QStringLiteral("muted"));
    auto* left = new QFrame;
    left->setProperty("role", QStringLiteral("card"));
    auto* leftColumn = new QVBoxLayout(left);
    leftColumn->setContentsMargins(1, 1, 1, 1);
    leftColumn->addWidget(m_list);
    auto* split = new QSplitter(Qt::Horizontal);
    split->setChildrenCollapsible(false);
    split->setHandleWidth(em / 2);
    split->addWidget(left);
    split->addWidget(detail());
    split->setSizes({em * 29, em * 25});
    auto* column = new QVBoxLayout(this);
    column->setSpacing(em / 2);
    column->addWidget(filters());
    if (of == Of::Library)
        column->addWidget(topicRow());
    column->addWidget(split, 1);
    column->addWidget(m_count);

    m_words->installEventFilter(this);
    m_list->installEventFilter(this);
    connect(m_words, &QLineEdit::textChanged, this, [this](const QString& words) {
        m_filter.words = words;
        search();
    });
    connect(m_list, &QListWidget::currentRowChanged, this, &LibraryDialog::tell);
    connect(m_list, &QListWidget::itemActivated, this, &LibraryDialog::take);
    search();
    for (int row = 0; row < m_list->count(); ++row)
        if (m_cards[size_t(card(row))].id == openId)
            m_list->setCurrentRow(row);
    resize(em * 56, em * (of == Of::Library ? 36 : 26));
    m_words->setFocus();
}

QWidget* LibraryDialog::filters()
{
    const int em = fontMetrics().height();
    m_words->setObjectName(QStringLiteral("librarySearch"));
    m_words->setAccessibleName(tr("Search"));
    m_words->setPlaceholderText(m_of == Of::Library ? tr("Words of the symptom, the story or the framework: “auth preflight 401”")
                                                    : tr("Search"));
    m_words->setClearButtonEnabled(true);
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(em / 2);
    layout->addWidget(m_words, 1);
    if (m_of == Of::Templates)
        return row;
    const auto add = [&](const char* id, const QString& name, const QString& any) {
        auto* combo = new QComboBox;
        combo->setObjectName(QLatin1String(id));
        combo->setAccessibleName(name);
        combo->addItem(any);
        combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        combo->setMinimumContentsLength(16);
        layout->addWidget(combo);
        return combo;
    };
    m_framework = add("libraryFramework", tr("Framework"), tr("Any framework"));
    m_symptom = add("librarySymptom", tr("Symptom"), tr("Any symptom"));
    QStringList frameworks;
    QStringList symptoms;
    for (const auto& card : m_cards) {
        frameworks += card.frameworks;
        if (!card.symptom.isEmpty())
            symptoms.append(card.symptom);
    }
    for (auto* list : {&frameworks, &symptoms}) {
        list->removeDuplicates();
        list->sort(Qt::CaseInsensitive);
    }
    m_framework->addItems(frameworks);
    m_symptom->addItems(symptoms);
    connect(m_framework, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_filter.framework = index > 0 ? m_framework->currentText() : QString();
        search();
    });
    connect(m_symptom, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_filter.symptom = index > 0 ? m_symptom->currentText() : QString();
        search();
    });
    return row;
}

QWidget* LibraryDialog::topicRow()
{
    QStringList topics;
    for (const auto& card : m_cards)
        topics += card.topics;
    topics.removeDuplicates();
    auto* row = new QWidget;
    row->setAccessibleName(tr("Topics"));
    auto* layout = new FlowLayout(row, fontMetrics().height() / 3);
    auto* group = new QButtonGroup(this);
    group->setExclusive(false);
    for (const auto& topic : std::as_const(topics)) {
        auto* button = new QPushButton(topic);
        button->setObjectName(QStringLiteral("topic_") + QString(topic).replace(u' ', u'-'));
        button->setCheckable(true);
        button->setAutoDefault(false);
        group->addButton(button);
        layout->addWidget(button);
        connect(button, &QPushButton::toggled, this, [this, group, button, topic](bool on) {
            if (on)
                for (auto* other : group->buttons())
                    if (other != button)
                        other->setChecked(false);
            m_filter.topic = on ? topic : m_filter.topic == topic ? QString() : m_filter.topic;
            search();
        });
    }
    layout->addWidget(new QWidget); // takes what is left of the last line
    return row;
}

QWidget* LibraryDialog::detail()
{
    const int em = fontMetrics().height();
    auto* card = new QFrame;
    card->setProperty("role", QStringLiteral("card"));
    m_story = new QTextBrowser;
    m_story->setObjectName(QStringLiteral("libraryStory"));
    m_story->setAccessibleName(tr("Story"));
    m_story->setOpenExternalLinks(true);
    m_open = new QPushButton(m_of == Of::Library ? tr("Open") : tr("Start with this"));
    m_open->setObjectName(QStringLiteral("libraryOpen"));
    m_open->setProperty("role", QStringLiteral("primary"));
    m_open->setToolTip(tr("%1 (Enter)").arg(m_open->text()));
    m_open->setDefault(true);
    auto* cancel = new QPushButton(tr("Cancel"));
    cancel->setAutoDefault(false);
    connect(m_open, &QPushButton::clicked, this, &LibraryDialog::take);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(m_open);
    auto* column = new QVBoxLayout(card);
    column->setContentsMargins(em / 2, em / 2, em / 2, em / 2);
    column->addWidget(m_story, 1);
    column->addLayout(buttons);
    return card;
}

int LibraryDialog::card(int row) const
{
    return m_list->item(row)->data(Qt::UserRole).toInt();
}

void LibraryDialog::search()
{
    const auto found = scenariocards::search(m_cards, m_filter);
    m_list->clear();
    for (const int index : found.cards) {
        const auto& card = m_cards[size_t(index)];
        auto* item = new QListWidgetItem(card.title, m_list);
        item->setData(Qt::UserRole, index);
        item->setData(TwoLineDelegate::second, m_of == Of::Templates ? card.story : card.symptom);
        item->setData(TwoLineDelegate::atEnd, card.frameworks.join(QStringLiteral(", ")));
        item->setToolTip(card.title);
    }
    if (m_list->count())
        m_list->setCurrentRow(0);
    else
        tell(-1);
    m_count->setText(found.cards.empty() ? tr("Nothing found. Fewer words or no filter will find more.")
                     : !found.everyWord  ? tr("No scenario has all these words; these have most of them.")
                                         : tr("%1 of %2").arg(found.cards.size()).arg(m_cards.size()));
}

void LibraryDialog::tell(int row)
{
    m_open->setEnabled(row >= 0);
    if (row < 0) {
        m_story->clear();
        return;
    }
    const auto& card = m_cards[size_t(this->card(row))];
    const auto theme = Theme::of(*this);
    const auto line = [&](const QString& name, const QString& value) {
        return value.isEmpty() ? QString() : QString(QStringLiteral("<p><span style='color:%1'>%2</span>&nbsp; %3</p>")
                                                        .arg(theme.muted.name(), name, value));
    };
    m_story->setHtml(QStringLiteral("<h3>%1</h3><p>%2</p>").arg(card.title.toHtmlEscaped(), card.story.toHtmlEscaped())
                     + line(tr("Symptom"), card.symptom.toHtmlEscaped())
                     + line(tr("Topics"), (card.topics + card.frameworks).join(QStringLiteral(", ")).toHtmlEscaped())
                     + line(tr("Source"), card.source.isEmpty() ? QString()
                                : QStringLiteral("<a style='color:%2' href='%1'>%1</a>")
                                      .arg(card.source.toHtmlEscaped(), theme.chosen.text.name())));
}

void LibraryDialog::take()
{
    const int row = m_list->currentRow();
    if (row < 0)
        return;
    const auto path = m_cards[size_t(card(row))].path;
    accept();
    Q_EMIT chosen(path);
}

bool LibraryDialog::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress) {
        auto* key = static_cast<QKeyEvent*>(event);
        const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (enter) {
            take();
            return true;
        }
        const bool walks = key->key() == Qt::Key_Up || key->key() == Qt::Key_Down || key->key() == Qt::Key_PageUp
            || key->key() == Qt::Key_PageDown;
        if (watched == m_words && walks) {
            QCoreApplication::sendEvent(m_list, event);
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace corscope
